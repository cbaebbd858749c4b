// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/fingerprint.h"

#include "synthv1/base/error.h"

#include <array>

#include <openssl/evp.h>

namespace synthv1 {

namespace {

constexpr std::size_t kDigest = 32;

/// A field's kind and its number or length, least byte first.
void append_head(std::string& bytes, char kind, std::uint64_t number) {
  std::array<char, 9> head{kind};
  for (std::size_t i = 1; i < head.size(); ++i, number >>= 8) head[i] = static_cast<char>(number);
  bytes.append(head.data(), head.size());
}

/// Looked up once, which costs more than to hash a row.
const EVP_MD* sha256() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

}  // namespace

Fingerprint& Fingerprint::add(std::string_view text) {
  append_head(bytes_, 't', text.size());
  bytes_.append(text);
  return *this;
}

Fingerprint& Fingerprint::add(std::int64_t number) {
  append_head(bytes_, 'n', static_cast<std::uint64_t>(number));
  return *this;
}

Fingerprint& Fingerprint::add(std::optional<std::int64_t> number) {
  if (number) return add(*number);
  bytes_.push_back('0');
  return *this;
}

std::string Fingerprint::digest() const {
  std::string digest(kDigest, '\0');
  auto* const into = reinterpret_cast<unsigned char*>(digest.data());
  const bool made = EVP_Digest(bytes_.data(), bytes_.size(), into, nullptr, sha256(), nullptr) == 1;
  check(made, "SHA-256 is not to be had");
  return digest;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

}  // namespace synthv1
