// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace synthv1 {

/// How often each answer came, kept by hashes: 64 bits of a text stand for it.
class AnswerCounts {
 public:
  void add(std::string_view answer);
  std::uint64_t distinct() const { return counts_.size(); }
  /// The answer that came most often, the first to have come so often among equals; empty without any.
  const std::string& commonest() const { return commonest_; }
  std::uint64_t times() const { return times_; }

 private:
  std::unordered_map<std::uint64_t, std::uint64_t> counts_;
  std::string commonest_;
  std::uint64_t times_ = 0;
};

}  // namespace synthv1
