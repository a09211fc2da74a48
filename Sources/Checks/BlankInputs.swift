import Cases
package import Diagnostics
import Reading

/// What else is wrong with the inputs of a run that has found a field left blank in one of them: who fills in forms wants to know
/// all of it at once.
package struct BlankInputs {
  package let library: PolicyLibrary
  package let options: CheckOptions
  /// Of the applications or plans.
  package let paths: [String]

  /// The faults with those of facts, registry and waivers; as they are where none of them is a field left blank.
  package func added(to found: Faults) -> Faults {
    guard found.faults.contains(where: \.isBlank) else { return found }
    let heads = paths.filter { $0 != "-" }.compactMap {
      try? InputHead(reading: $0, options.sources)
    }
    let named = heads.map(\.city?.value)
    // Without its tenant's fields nothing can be said of the other files.
    guard let catalogue = try? library.catalogue(options, cities: named) else { return found }
    var all = found.faults
    let bounds = NamedPaths(
      settings: options.defaults.path, allowsOutside: false, sources: options.sources)
    func add(
      _ path: String?, _ place: Location? = nil, _ read: (SourceFile) throws(Faults) -> Void
    ) {
      guard let path else { return }
      do throws(Faults) {
        try bounds.admit(path, namedAt: place)
        try read(try options.sources.load(path))
      } catch {
        // That of a file that cannot be read at all comes when all is filled in.
        all += error.faults.filter { fault in
          fault.location != nil
            && !all.contains {
              $0.path == fault.path && $0.location?.range == fault.location?.range
            }
        }
      }
    }
    let facts = heads.lazy.compactMap(\.facts).first
    add(options.facts ?? facts?.value ?? options.defaults.facts, facts?.location) {
      file throws(Faults) in _ = try Facts(reading: file, catalogue)
    }
    let registry = heads.lazy.compactMap(\.registry).first
    add(
      options.registry ?? registry?.value ?? options.defaults.registry, registry?.location
    ) { file throws(Faults) in _ = try Registry(reading: file, catalogue) }
    add(options.waivers) { file throws(Faults) in _ = try Waivers(reading: file) }
    return Faults(all)
  }
}
