// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/tls.h"

#include <array>
#include <cstdlib>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <fmt/core.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace synthv1::net {
namespace {

/// Where systems keep their authorities in one file. Read at the start, so that verification opens no file
/// later, and for builds of OpenSSL whose own default path exists on another system only.
constexpr std::array kSystemBundles = {"/etc/ssl/certs/ca-certificates.crt",
                                       "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
                                       "/etc/ssl/cert.pem"};

/// Tls's place among what an SSL_CTX carries.
int context_slot() {
  static const int slot = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return slot;
}

void trust_system(asio::ssl::context& context) {
  error_code ignored;
  context.set_default_verify_paths(ignored);
  if (std::getenv("SSL_CERT_FILE") != nullptr || std::getenv("SSL_CERT_DIR") != nullptr) return;
  for (const char* bundle : kSystemBundles) {
    error_code error;
    context.load_verify_file(bundle, error);
    if (!error) return;
  }
}

Result<void> trust_file(asio::ssl::context& context, const std::string& ca_file) {
  if (ca_file.empty()) return {};
  error_code error;
  context.load_verify_file(ca_file, error);
  if (!error) return {};
  return fail(ErrorKind::usage,
              fmt::format("no certificates can be read from the CA file {} (PEM is expected): {}", ca_file,
                          error.message()));
}

bool is_address(const std::string& host) {
  error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

}  // namespace

Result<std::unique_ptr<Tls>> Tls::make(const std::string& ca_file) {
  std::unique_ptr<Tls> tls(new Tls());
  trust_system(tls->context_);
  auto trusted = trust_file(tls->context_, ca_file);
  if (!trusted) return std::unexpected(std::move(trusted.error()));
  return tls;
}

Result<void> Tls::check_ca_file(const std::string& ca_file) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  return trust_file(context, ca_file);
}

Tls::Tls() : context_(asio::ssl::context::tls_client) {
  SSL_CTX* native = context_.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_ex_data(native, context_slot(), this);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(native, &Tls::keep_session);
}

Tls::~Tls() {
  SSL_CTX_sess_set_new_cb(context_.native_handle(), nullptr);
  SSL_SESSION_free(session_);
}

int Tls::keep_session(SSL* ssl, SSL_SESSION* session) {
  auto* self = static_cast<Tls*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), context_slot()));
  SSL_SESSION_free(self->session_);
  self->session_ = session;
  return 1;
}

void Tls::prepare(TlsStream& stream, const std::string& host) {
  SSL* ssl = stream.native_handle();
  SSL_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
  if (is_address(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
  } else {
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    SSL_set1_host(ssl, host.c_str());
    SSL_set_tlsext_host_name(ssl, host.c_str());
  }
  if (session_ != nullptr) SSL_set_session(ssl, session_);
}

TransportError handshake_error(TlsStream& stream, const error_code& error) {
  const long verdict = SSL_get_verify_result(stream.native_handle());
  if (verdict != X509_V_OK) {
    return {TransportFault::tls_untrusted, fmt::format("the server's certificate is not trusted: {}",
                                                       X509_verify_cert_error_string(verdict))};
  }
  return {TransportFault::tls, "the TLS handshake failed: " + error.message()};
}

}  // namespace synthv1::net
