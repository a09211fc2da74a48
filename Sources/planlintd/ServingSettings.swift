import Diagnostics
import Logging
import PlanlintKit
import Reading
import Service

/// What `--config` names: how a desk is served, in a file that is read strictly.
///
/// ```yaml
/// planlintd: serving/1
/// listen: 127.0.0.1:8080
/// tls: {cert: /etc/planlintd/cert.pem, key: /etc/planlintd/key.pem}
/// limits:
///   body_bytes: 67108864      # of a request
///   header_bytes: 32768
///   idle_seconds: 10          # without a byte of the client's
///   request_seconds: 60
///   connections: 1000
///   wrong_passwords: 5        # a minute and account
/// log: notice                 # the least that is logged: error, warning, notice, info (each request)
/// oidc: …                     # see ``TokenIssuer/reader``
/// ```
struct ServingSettings: Sendable {
  /// What the file may say it is, with the version of its form.
  static let format = "serving/1"

  var listen: String?
  var certificate: String?
  var key: String?
  var limits = ServerLimits()
  var logLevel = Logger.Level.notice
  var issuer: TokenIssuer?

  /// - Throws: ``InputErrors`` with the file, line and column of all that is wrong in it.
  init(reading path: String) throws(InputErrors) {
    do throws(Faults) {
      let file = try InputFile.load(path: path)
      let tree = try Document.read(file, format: .yaml)
      // A file without anything in it settles nothing.
      if tree.isNull { return }
      var context = FieldContext(file)
      let read = Self.reader.read(tree, &context)
      try context.faults.check()
      if let read { self = read }
    } catch {
      throw InputErrors(faults: error.faults)
    }
  }

  private init() {}

  private static var reader: FieldReader<ServingSettings> {
    .record(
      RecordDescription(
        "serving", zh: "服务设置", en: "how a desk is served",
        fields: [
          ("planlintd", "文件格式", "format of the file"),
          ("listen", "监听地址，`主机:端口`", "where to listen, `host:port`"),
          ("tls", "证书与私钥", "certificate and key"), ("limits", "各项限制", "limits"),
          ("log", "日志的最低级别", "the least that is logged"),
          ("oidc", "统一身份认证的令牌", "tokens of an OpenID Connect issuer"),
        ])
    ) { record in
      _ = record.optional("planlintd", .format(format))
      var settings = ServingSettings()
      settings.listen = record.optional("listen", .text)?.value
      if let tls = record.optional("tls", Self.tls)?.value {
        settings.certificate = tls.certificate
        settings.key = tls.key
      }
      if let limits = record.optional("limits", Self.limits)?.value { settings.limits = limits }
      if let level = record.optional("log", .oneOf(Self.logLevels))?.value {
        settings.logLevel = level
      }
      settings.issuer = record.optional("oidc", TokenIssuer.reader)?.value
      return settings
    }
  }

  private static let logLevels: [(name: String, value: Logger.Level)] =
    [.error, .warning, .notice, .info].map { ($0.rawValue, $0) }

  private static var tls: FieldReader<(certificate: String, key: String)> {
    .record(
      RecordDescription(
        "tls", zh: "证书与私钥", en: "certificate and key",
        fields: [
          ("cert", "证书链文件（PEM）", "the file of the certificates, PEM"),
          ("key", "私钥文件（PEM）", "the file of the key, PEM"),
        ])
    ) { record in
      let (certificate, key) = (record.required("cert", .text), record.required("key", .text))
      guard let certificate, let key else { return nil }
      return (certificate.value, key.value)
    }
  }

  private static var limits: FieldReader<ServerLimits> {
    .record(
      RecordDescription(
        "limits", zh: "各项限制", en: "limits",
        fields: [
          ("body_bytes", "请求内容的字节数", "bytes of a request's body"),
          ("header_bytes", "请求头的字节数", "bytes of a request's header"),
          ("idle_seconds", "客户端不发一字节的秒数", "seconds without a byte of the client's"),
          ("request_seconds", "处理一个请求的秒数", "seconds that a request may take"),
          ("connections", "连接数", "connections at a time"),
          ("wrong_passwords", "每分钟每账号的错误密码数", "wrong passwords a minute and account"),
        ])
    ) { record in
      var limits = ServerLimits()
      func set(
        _ name: String, _ range: ClosedRange<Int>, _ field: WritableKeyPath<ServerLimits, Int>
      ) {
        if let value = record.optional(name, .integer(in: range))?.value {
          limits[keyPath: field] = value
        }
      }
      set("body_bytes", 1_024...1 << 30, \.bodyBytes)
      set("header_bytes", 1_024...1 << 20, \.headerBytes)
      set("idle_seconds", 1...3_600, \.idleSeconds)
      set("request_seconds", 1...3_600, \.requestSeconds)
      set("connections", 1...100_000, \.connections)
      set("wrong_passwords", 1...1_000, \.wrongPasswords)
      return limits
    }
  }
}
