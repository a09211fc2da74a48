import Glibc

/// The `git` program, which knows what a file was at a revision.
enum GitProgram {
  struct Result {
    var code: Int32
    var output: [UInt8]
    var errors: String
  }

  /// Runs it to its end; nil where there is no such program.
  static func run(_ arguments: [String]) -> Result? {
    var (output, errors): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&output) == 0 else { return nil }
    guard pipe(&errors) == 0 else {
      output.forEach { close($0) }
      return nil
    }
    (output + errors).forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO)
    var words = (["git"] + arguments).map { strdup($0) }
    words.append(nil)
    defer { words.forEach { free($0) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, "git", &actions, nil, words, environ)
    close(output[1])
    close(errors[1])
    guard failure == 0 else {
      close(output[0])
      close(errors[0])
      return nil
    }
    let text = contents(output[0])
    let said = contents(errors[0])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    // What a signal ended has no code of its own.
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128
    return Result(code: code, output: text, errors: String(decoding: said, as: UTF8.self))
  }

  /// Everything that comes from a descriptor, which is closed.
  private static func contents(_ descriptor: Int32) -> [UInt8] {
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return bytes }
      bytes += block[..<count]
    }
  }
}
