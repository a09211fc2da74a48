import LanguageServer
import Reading
import TestSupport
import Testing

@Suite("Tables in text")
struct TableTests {
  /// Opens a table and gives what is wrong with it.
  private func found(_ name: String, _ text: String) throws -> [JSONTree] {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let client = try EditorClient(folders: [folder.path, Golden.root])
    let path = folder.path + "/" + name
    client.open(path, text)
    return client.diagnostics(path)
  }

  private func start(_ one: JSONTree) -> [Int?] {
    [one["range", "start", "line"]?.integer, one["range", "start", "character"]?.integer]
  }

  private let applications = """
    id,name,kind,requests,district,lon,lat,datum,submitted,beds
    A,甲,clinic,outpatient,相山区,116.790001,33.950001,wgs84,2026-03-02,
    B,"乙, 东",hospitall,inpatient,相山区,116.790001,33.950001,wgs84,2026-03-02,ten
    A,丙,clinic,outpatient,相山区,116.790001,33.950001,wgs84,2026-03-02,

    """

  @Test func `faults of applications stand at their cells, with the word that was meant`() throws {
    let found = try found("batch.csv", applications)
    let kind = try #require(
      found.first { $0["message"]?.string?.contains("hospitall") == true },
      "\(found.map(\.compact))")
    // In UTF-8 units: `B,"乙, 东",` are 13 bytes.
    #expect(start(kind) == [2, 13])
    #expect(kind["data", "suggestion"] == .text("hospital"))
    #expect(kind["code"] == .text("unreadable-input"))
    #expect(found.contains { $0["message"]?.string?.contains("ten") == true })
  }

  @Test func `an id that occurs twice leads to the first row that has it`() throws {
    let text = applications.replacing("hospitall", with: "hospital").replacing("ten", with: "10")
    let found = try found("batch.csv", text)
    let twice = try #require(
      found.first { $0["message"]?.string?.contains("occurs twice") == true },
      "\(found.map(\.compact))")
    #expect(start(twice) == [3, 0])
    let place = twice["relatedInformation"]?.items?.first
    #expect(place?["location", "range", "start", "line"] == .int(1))
  }

  @Test func `a registry with Chinese headers and a header misspelt is one, and so are facts`()
    throws
  {
    let registry = try found(
      "institutions.csv",
      "编号,名称,机构类别,定点类别,区县,statuss\nP1,甲,诊所,门诊,甲区,active\n")
    #expect(
      registry.contains { $0["data", "suggestion"] == .text("status") },
      "\(registry.map(\.compact))")
    let facts = try found("figures.csv", "区县,年份,常住人口\n全市,2026,五十万\n甲区,,3000\n")
    let wrong = try #require(
      facts.first { $0["message"]?.string?.contains("五十万") == true }, "\(facts.map(\.compact))")
    #expect(start(wrong).first == 1)
  }

  @Test func `columns of a city's own are known where the folder's settings name the city`() throws
  {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try OwnTenant.write(to: folder)
    try folder.write("planlint: settings/1\ncity: own\n", to: "planlint.yaml")
    let path = folder.path + "/batch.csv"
    let text =
      "id,name,kind,requests,district,submitted,floor_area\nA,甲,clinic,outpatient,A,2026-03-02,-5\n"
    let client = try EditorClient(folders: [folder.path])
    client.open(path, text)
    let found = client.diagnostics(path)
    #expect(
      found.contains { $0["message"]?.string?.contains("-5") == true }, "\(found.map(\.compact))")
  }

  @Test func `what becomes right is told as such, and nothing is completed in a table`() throws {
    let client = try EditorClient()
    let path = "\(Golden.root)/batch.csv"
    client.open(path, applications)
    #expect(!client.diagnostics(path).isEmpty)
    let right = applications.replacing("hospitall", with: "hospital").replacing("ten", with: "10")
      .replacing("\nA,丙", with: "\nC,丙")
    client.replace(path, right)
    #expect(client.diagnostics(path).isEmpty)
    let items = client.ask("textDocument/completion", path, right, at: 3)["items"]?.items
    #expect(items?.isEmpty == true)
    #expect(client.ask("textDocument/hover", path, right, at: 3) == .null)
  }

  @Test(arguments: [
    "a,b\n1,2\n", "id,name\n1,x\n", "", ",,,\n", "日期,金额\n2026-01-01,5\n", "\"", "\u{0}\n",
  ])
  func `a table of others is left alone`(_ text: String) throws {
    #expect(try found("export.csv", text).isEmpty)
  }
}
