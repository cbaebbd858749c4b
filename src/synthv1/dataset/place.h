// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace synthv1 {

/// Where a value stands in a record, written only when it is asked for: "questions[4].spec.range". A place
/// points to the one it lies in, which must outlive it.
class Place {
 public:
  /// The record itself.
  Place() = default;
  Place member(std::string_view key) const& { return Place(this, key, 0); }
  Place element(std::size_t index) const& { return Place(this, {}, index); }
  Place member(std::string_view key) const&& = delete;
  Place element(std::size_t index) const&& = delete;

  std::string text() const {
    if (parent_ == nullptr) return {};
    std::string path = parent_->text();
    if (key_.empty()) return path.append("[").append(std::to_string(index_)).append("]");
    if (!path.empty()) path.push_back('.');
    return path.append(key_);
  }

 private:
  Place(const Place* parent, std::string_view key, std::size_t index)
      : parent_(parent), key_(key), index_(index) {}

  const Place* parent_ = nullptr;
  std::string_view key_;
  std::size_t index_ = 0;
};

}  // namespace synthv1
