// ComplianceTests
