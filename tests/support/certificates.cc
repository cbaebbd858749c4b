// SPDX-License-Identifier: Apache-2.0
#include "tests/support/certificates.h"

#include "synthv1/base/error.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>

#include <fmt/core.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace synthv1::test {
namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_X509(bio.get(), certificate) == 1, "certificate to PEM");
  return text_of(bio.get());
}

std::string pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "key to PEM");
  return text_of(bio.get());
}

Certificate parse_certificate(const std::string& text) {
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  return Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

Key parse_key(const std::string& text) {
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  check(extension != nullptr, "certificate extension");
  X509_add_ext(certificate, extension.get(), -1);
}

std::string alternative_names(const CertificatePlan& plan) {
  std::string list;
  for (const std::string& name : plan.dns_names) list += (list.empty() ? "DNS:" : ",DNS:") + name;
  for (const std::string& address : plan.addresses) list += (list.empty() ? "IP:" : ",IP:") + address;
  return list;
}

Certificate blank(EVP_PKEY* key, const CertificatePlan& plan, const char* subject) {
  Certificate certificate(X509_new());
  std::uint32_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), plan.valid_from);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), plan.valid_to);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(subject), -1, -1, 0);
  const std::string names = alternative_names(plan);
  if (!names.empty()) add_extension(certificate.get(), NID_subject_alt_name, names);
  return certificate;
}

Identity sign(X509* certificate, EVP_PKEY* key, X509_NAME* issuer, EVP_PKEY* signer) {
  X509_set_issuer_name(certificate, issuer);
  check(X509_sign(certificate, signer, EVP_sha256()) > 0, "sign the certificate");
  return {pem(certificate), pem(key)};
}

}  // namespace

Identity make_authority() {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = blank(key.get(), {}, "Test authority");
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  return sign(certificate.get(), key.get(), X509_get_subject_name(certificate.get()), key.get());
}

Identity issue_certificate(const Identity& authority, const CertificatePlan& plan) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate issuer = parse_certificate(authority.certificate);
  const Key issuer_key = parse_key(authority.key);
  const Certificate certificate = blank(key.get(), plan, "Test server");
  return sign(certificate.get(), key.get(), X509_get_subject_name(issuer.get()), issuer_key.get());
}

Identity self_signed(const CertificatePlan& plan) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = blank(key.get(), plan, "Test server, self-signed");
  return sign(certificate.get(), key.get(), X509_get_subject_name(certificate.get()), key.get());
}

TemporaryFile::TemporaryFile(const std::string& content) : path_("/tmp/synthv1_test_XXXXXX") {
  const int file = ::mkstemp(path_.data());
  check(file >= 0, "create a temporary file");
  ::close(file);
  std::ofstream(path_, std::ios::binary) << content;
}

TemporaryFile::~TemporaryFile() { std::remove(path_.c_str()); }

}  // namespace synthv1::test
