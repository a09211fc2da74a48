import Diagnostics
import HummingbirdTLS

/// The certificates and the key that a server speaks TLS with, from files in PEM.
package struct ServerCertificate: Sendable {
  /// A file that cannot be used.
  package struct Unusable: Error, CustomStringConvertible {
    package let description: String
  }

  let configuration: TLSConfiguration

  /// - Returns: nil where none is named.
  /// - Throws: ``Unusable`` where one of the two is missing, or cannot be read.
  package init?(certificate: String?, key: String?) throws {
    if certificate == nil, key == nil { return nil }
    guard let certificate, let key else {
      throw Unusable(description: "expected a certificate and its key, both or none")
    }
    let chain: [NIOSSLCertificate]
    do {
      chain = try NIOSSLCertificate.fromPEMFile(certificate)
    } catch {
      throw Unusable(description: "\(certificate): expected certificates in PEM (\(error))")
    }
    let secret: NIOSSLPrivateKey
    do {
      secret = try NIOSSLPrivateKey(file: key, format: .pem)
    } catch {
      throw Unusable(description: "\(key): expected a key in PEM (\(error))")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(secret))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    self.configuration = configuration
  }
}
