import Checks
package import Diagnostics

extension Planlint {
  /// The applications of some inputs as records, by the fields and words of the city's tenant. Nothing that they name is read.
  package static func applicationRecords(
    _ inputs: [Input], _ request: Request
  ) throws(InputErrors) -> (records: [PlainValue], notes: [Note]) {
    do {
      let read = try InputRecords.applications(
        inputs.map(\.name), try request.library(), try request.options(inputs))
      return (read.records, read.notes)
    } catch {
      throw InputErrors(error)
    }
  }

  /// What a facts file states, as one record.
  package static func factsRecord(
    _ input: Input, _ request: Request
  ) throws(InputErrors) -> (records: [PlainValue], notes: [Note]) {
    do {
      let read = try InputRecords.facts(
        input.name, try request.library(), try request.options([input]))
      return (read.records, read.notes)
    } catch {
      throw InputErrors(error)
    }
  }

  /// The rows of a registry as records.
  package static func registryRecords(
    _ input: Input, _ request: Request
  ) throws(InputErrors) -> (records: [PlainValue], notes: [Note]) {
    do {
      let read = try InputRecords.registry(
        input.name, try request.library(), try request.options([input]))
      return (read.records, read.notes)
    } catch {
      throw InputErrors(error)
    }
  }

  /// The columns of a registry of the city's tenant, in their order.
  package static func registryColumns(_ request: Request) throws(InputErrors) -> [String] {
    do {
      return try InputRecords.registryColumns(try request.library(), try request.options())
    } catch {
      throw InputErrors(error)
    }
  }

  /// The names of the fields that an application of the city's tenant may have.
  package static func applicationFields(_ request: Request) throws(InputErrors) -> [String] {
    do {
      return try InputRecords.applicationFields(try request.library(), try request.options())
    } catch {
      throw InputErrors(error)
    }
  }
}

extension RunResult {
  /// What each application that is surely admitted takes of each limit, in the order of merit.
  package var takes: [PlaceTake] { report.takes() }
}
