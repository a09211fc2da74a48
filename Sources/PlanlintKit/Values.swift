// The values of a report (verdicts, findings, citations, places, faults) are those of Diagnostics: whoever imports PlanlintKit has them.
@_exported public import Diagnostics
