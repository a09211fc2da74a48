import Foundation
import TestSupport
import Testing

/// Nothing that is read or written is lost: full disks, devices, links, signals, and outputs that would go over inputs.
@Suite("Outputs")
struct OutputTests {
  /// Runs a script of the shell in a folder, `$P` being the program; standard output, standard error and the code of the script.
  private static func shell(
    _ script: String, in folder: TemporaryFolder
  ) throws -> (code: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = [
      "P": Program.path, "PLANLINT_POLICIES": Golden.root + "/policies", "LANG": "en_US.UTF-8",
      "PATH": "/usr/bin:/bin",
    ]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let written = output.fileHandleForReading.readDataToEndOfFile()
    let told = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: written, as: UTF8.self),
      String(decoding: told, as: UTF8.self)
    )
  }

  private static func folder() throws -> TemporaryFolder {
    let folder = try Sample.folder(Sample.admissible)
    try folder.write("kept\n", to: "old.json")
    return folder
  }

  @Test(
    "whatever cannot be written whole on standard output ends with 2",
    arguments: [
      "applications.yaml", "applications.yaml --format json", "plan --help", "--version", "rules",
      "explain HB-OUT-CAP", "schema facts", "policy check", "config", "manual",
      "--generate-completion-script bash",
    ])
  func fullDevice(_ arguments: String) throws {
    let folder = try Self.folder()
    defer { folder.remove() }
    let result = try Self.shell("$P \(arguments) > /dev/full", in: folder)
    #expect(result.code == 2)
    #expect(result.errors.contains("<stdout>: error: cannot be written whole"))
  }

  @Test("a pipe that takes a part at a time gets the whole")
  func slowPipe() throws {
    let folder = try Self.folder()
    defer { folder.remove() }
    // The reader makes the pipe's end that both share non-blocking, and begins late.
    let result = try Self.shell(
      """
      $P schema policy > whole
      python3 -c '
      import fcntl, os, subprocess, sys, time
      r, w = os.pipe()
      fcntl.fcntl(w, fcntl.F_SETFL, fcntl.fcntl(w, fcntl.F_GETFL) | os.O_NONBLOCK)
      fcntl.fcntl(w, 1031, 4096)
      p = subprocess.Popen([os.environ["P"], "schema", "policy"], stdout=w)
      os.close(w)
      time.sleep(0.3)
      data = b""
      while True:
          part = os.read(r, 1000)
          if not part: break
          data += part
      sys.exit(p.wait() or data != open("whole", "rb").read())'
      """, in: folder)
    #expect(result.code == 0, "\(result.errors)")
  }

  @Test(
    "an output is never an input, by whatever name it goes",
    arguments: [
      "--format json=applications.yaml", "--format json=./applications.yaml",
      "--format json=link", "--format json=hard", "--format json=facts.yaml",
      "--write-baseline registry.csv", "--format json=../$(basename $PWD)/applications.yaml",
    ])
  func overInput(_ options: String) throws {
    let folder = try Self.folder()
    defer { folder.remove() }
    let result = try Self.shell(
      """
      ln -s applications.yaml link; ln applications.yaml hard; cat *.yaml registry.csv > before
      $P applications.yaml \(options); code=$?
      cat *.yaml registry.csv | cmp - before || exit 99
      exit $code
      """, in: folder)
    #expect(result.code == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("expected a file that the run does not read"))
  }

  @Test("two outputs never go to one file")
  func oneFileTwice() throws {
    let folder = try Self.folder()
    defer { folder.remove() }
    for options in [
      "--format json=r --format text=./r", "--format json=r --write-baseline r",
      "--format text --format json=/dev/stdout > r",
    ] {
      let result = try Self.shell("$P applications.yaml \(options)", in: folder)
      #expect(result.code == 2, "\(options)")
      #expect(result.errors.contains("expected a file of its own"), "\(options)")
    }
  }

  @Test("a device is written to, a link is followed, and mode and owner stay")
  func places() throws {
    let folder = try Self.folder()
    defer { folder.remove() }
    let result = try Self.shell(
      """
      set -e
      $P applications.yaml --format json=/dev/null
      test -c /dev/null
      ln -s old.json link; chmod 640 old.json
      $P applications.yaml --format json=link
      test -L link; test "$(stat -c %a old.json)" = 640; grep -q report/1 old.json
      test "$($P applications.yaml --format concise=/dev/stdout)" = "$($P applications.yaml --format concise)"
      mkfifo fifo; cat fifo > got & $P applications.yaml --format json=fifo; wait; cmp got old.json; test -p fifo
      """, in: folder)
    #expect(result.code == 0, "\(result.errors)")
  }

  @Test(
    "what cannot be replaced is refused by name and left as it was",
    arguments: [
      ("chmod 444 old.json", "old.json", "read-only file"),
      ("ln -s nowhere dangling", "dangling", "leads nowhere"),
      ("mkdir there", "there", "is a folder"),
      ("ulimit -f 1", "old.json", "file too large"),
    ])
  func refused(_ before: String, _ name: String, _ reason: String) throws {
    let folder = try Self.folder()
    defer { folder.remove() }
    let result = try Self.shell(
      "\(before); $P applications.yaml --format json=\(name); code=$?; cat old.json; ls -A; exit $code",
      in: folder)
    #expect(result.code == 2)
    #expect(result.output.hasPrefix("kept\n"))
    #expect(
      result.errors.contains("\(name): error: cannot be written (")
        && result.errors.contains(reason))
    #expect(!result.output.contains("\(name)."))
  }

  @Test("a folder of notices keeps what else lies in it, and changes as a whole or not at all")
  func folders() throws {
    let folder = try Self.folder()
    defer { folder.remove() }
    let result = try Self.shell(
      """
      set -e
      mkdir out deep deep/sub; echo mine > out/mine; echo mine > deep/mine
      for f in out deep new/inner; do $P notice applications.yaml --out $f > /dev/null; done
      test "$(ls out)" = "$(printf 'all-notices.html\\nmine\\nnotice-A.html\\npublic-list.html')"
      test "$(cat out/mine deep/mine)" = "$(printf 'mine\\nmine')"
      cmp out/notice-A.html deep/notice-A.html; cmp out/notice-A.html new/inner/notice-A.html
      echo old > out/notice-A.html; rm out/public-list.html; mkdir out/public-list.html
      ! $P notice applications.yaml --out out 2> /dev/null
      test "$(cat out/notice-A.html)" = old
      test "$(ls -d out* deep* new/*)" = "$(printf 'deep\\nnew/inner\\nout')"
      """, in: folder)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
  }

  @Test("a signal leaves no temporary file", arguments: ["TERM", "INT", "HUP"])
  func signals(_ name: String) throws {
    let items = (0..<1_500).map { Sample.pharmacy("A\($0)") }.joined(separator: "\n")
    let many = try Sample.folder(Sample.applications(items))
    defer { many.remove() }
    // A shell's background process ignores INT; python gives it back.
    let result = try Self.shell(
      """
      python3 -c '
      import glob, os, signal, subprocess, sys, time
      p = subprocess.Popen([os.environ["P"], "applications.yaml", "--format", "html=out.html"],
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
      while p.poll() is None and not glob.glob("out.html.*"): time.sleep(0.002)
      p.send_signal(signal.SIG\(name))
      code = p.wait()
      print(code, glob.glob("out.html*"))
      sys.exit(0 if glob.glob("out.html.*") == [] and code in (-signal.SIG\(name), 1) else 1)'
      """, in: many)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("[]"), "\(result.output)")
  }

  @Test("a FIFO that nobody writes to is an error, and not waited for")
  func silentFIFO() throws {
    let folder = try Self.folder()
    defer { folder.remove() }
    let result = try Self.shell(
      "mkfifo fifo; timeout 20 $P --city huaibei fifo", in: folder)
    #expect(result.code == 2)
    #expect(result.errors.contains("is a pipe or a device; expected a file"))
  }
}
