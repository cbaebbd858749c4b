// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"
#include "synthv1/dataset/fault.h"
#include "synthv1/dataset/place.h"
#include "synthv1/ledger/date.h"
#include "synthv1/ledger/money.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace synthv1 {

/// One value of a record: each reader gives it in its type, or tells what is wrong and gives nothing.
class FieldReader {
 public:
  /// `value` may be nullptr: a missing field, which every reader tells.
  FieldReader(const json::Value* value, const Place& place, FaultSink& faults)
      : value_(value), place_(place), faults_(faults) {}

  std::optional<std::string> text() const;
  /// Text that is not blank.
  std::optional<std::string> filled_text() const;
  std::optional<std::uint32_t> whole() const;
  std::optional<std::uint64_t> long_whole() const;
  std::optional<Date> date() const;
  std::optional<Money> money() const;
  std::optional<std::vector<std::string>> texts() const;
  /// nullptr unless it is an array.
  const json::Value::Array* array() const;

  void fault(FaultKind kind, std::string reason) const {
    faults_.fault({kind, place_.text(), std::move(reason)});
  }

 private:
  bool is(json::Kind kind) const;

  const json::Value* value_;
  const Place& place_;
  FaultSink& faults_;
};

/// One object of a record, read field by field.
class ObjectReader {
 public:
  /// Tells when `value` is missing or no object; every field of it is then missing, silently.
  ObjectReader(const json::Value* value, const Place& place, FaultSink& faults);

  bool is_object() const { return object_ != nullptr; }
  const json::Value* find(std::string_view key) const {
    return object_ == nullptr ? nullptr : value_->find(key);
  }
  /// Calls `read(FieldReader)` with the field, missing or not, and returns what it returns.
  template <class Read>
  auto field(std::string_view key, const Read& read) const
      -> decltype(read(std::declval<const FieldReader&>())) {
    if (object_ == nullptr) return {};
    const Place place = place_.member(key);
    return read(FieldReader(value_->find(key), place, faults_));
  }

  std::optional<std::string> text(std::string_view key) const;
  std::optional<std::string> filled_text(std::string_view key) const;
  std::optional<std::uint32_t> whole(std::string_view key) const;
  std::optional<std::uint64_t> long_whole(std::string_view key) const;
  std::optional<Date> date(std::string_view key) const;
  std::optional<Money> money(std::string_view key) const;
  std::optional<std::vector<std::string>> texts(std::string_view key) const;
  const json::Value::Array* array(std::string_view key) const;

  /// Tells when the fields of these names, as far as they are there, are not the first, in this order.
  void begins_with(std::span<const std::string_view> names) const;
  /// Tells of each field that has none of these names.
  void holds_only(std::span<const std::string_view> names) const;

  void fault(std::string_view key, FaultKind kind, std::string reason) const;
  const Place& place() const { return place_; }
  FaultSink& faults() const { return faults_; }

 private:
  const json::Value* value_;
  const json::Value::Object* object_ = nullptr;
  const Place& place_;
  FaultSink& faults_;
};

}  // namespace synthv1
