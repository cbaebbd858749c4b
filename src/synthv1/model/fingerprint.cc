// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/fingerprint.h"

#include <openssl/sha.h>

namespace synthv1 {

namespace {

void append_number(std::string& bytes, std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<char>(number >> shift));
}

}  // namespace

Fingerprint& Fingerprint::add(std::string_view text) {
  bytes_.push_back('t');
  append_number(bytes_, text.size());
  bytes_.append(text);
  return *this;
}

Fingerprint& Fingerprint::add(std::int64_t number) {
  bytes_.push_back('n');
  append_number(bytes_, static_cast<std::uint64_t>(number));
  return *this;
}

Fingerprint& Fingerprint::add(std::optional<std::int64_t> number) {
  if (number) return add(*number);
  bytes_.push_back('0');
  return *this;
}

std::string Fingerprint::digest() const {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
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
