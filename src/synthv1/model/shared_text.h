// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace synthv1 {

/// A long text that the messages of many requests begin with: kept, escaped, measured and hashed once.
class SharedText {
 public:
  /// `text` must be valid UTF-8.
  explicit SharedText(std::string_view text);

  std::size_t size() const { return size_; }
  /// As it stands inside a JSON string, without its quotes.
  const std::shared_ptr<const std::string>& escaped() const { return escaped_; }
  double tokens() const { return tokens_; }              ///< estimated
  const std::string& digest() const { return digest_; }  ///< SHA-256, 32 bytes

 private:
  std::size_t size_;
  std::shared_ptr<const std::string> escaped_;
  double tokens_;
  std::string digest_;
};

}  // namespace synthv1
