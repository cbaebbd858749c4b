// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace synthv1 {

/// SHA-256 over a list of fields. Each goes in with its kind and length, so that different lists never make
/// the same bytes ("ab", "c" and "a", "bc"; absent and empty).
class Fingerprint {
 public:
  Fingerprint& add(std::string_view text);
  Fingerprint& add(std::int64_t number);
  Fingerprint& add(std::optional<std::int64_t> number);

  /// 32 bytes.
  std::string digest() const;

 private:
  std::string bytes_;
};

/// "3fa9…": bytes as hexadecimal digits.
std::string to_hex(std::string_view bytes);

}  // namespace synthv1
