// SPDX-License-Identifier: Apache-2.0
// Arbitrary bytes as a dataset file, and a good record with its structure changed: nothing crashes, and
// whatever the typed reader accepts is written and read as the same.
#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"
#include "synthv1/dataset/read_record.h"
#include "synthv1/dataset/validate.h"
#include "synthv1/dataset/validate_sessions.h"
#include "synthv1/dataset/write_record.h"
#include "synthv1/ledger/ledger.h"
#include "synthv1/question/generate.h"
#include "synthv1/session/embedded_writer.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using namespace synthv1;
using json::Value;

namespace {

std::string good_record() {
  PlanOptions options{.num_sessions = 3, .min_turns = 3, .max_turns = 6, .min_scenes = 1, .max_scenes = 2};
  options.dates = {Date::parse("2024-01-01").value(), Date::parse("2024-03-31").value()};
  const Catalogue& catalogue = default_catalogue();
  const RecordPlan plan = make_record_plan(options, catalogue, 7, 0);
  EmbeddedWriter writer(catalogue, plan.sessions.front().language, 7);
  writer.begin_record(plan);
  Record record{.id = plan.id};
  for (const SessionPlan& session : plan.sessions) record.add(session.date, writer.write(session));
  record.questions = generate_questions(Ledger(record.transactions, catalogue), catalogue, record.dates,
                                        {.num_questions = 12}, RandomStream(7))
                         .questions;
  for (Question& question : record.questions) question.position = 2;
  std::string text;
  append_record(text, record, {.seed = 7, .model = "m", .version = "0"}, catalogue, RecordStyle::one_line);
  return text;
}

/// The input, taken from the front.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }
  std::size_t below(std::size_t bound) {
    if (bytes_.empty() || bound == 0) return 0;
    const auto byte = static_cast<unsigned char>(bytes_[0]);
    bytes_.remove_prefix(1);
    return byte % bound;
  }
  std::string text() {
    const std::string_view piece = bytes_.substr(0, below(24));
    bytes_.remove_prefix(piece.size());
    return replace_invalid_utf8(piece);
  }

 private:
  std::string_view bytes_;
};

constexpr std::array<std::string_view, 14> kOthers = {
    "null",  "true",
    "0",     "-1",
    "3",     "1e29",
    "0.001", "999999999999999.99",
    "1e400", "18446744073709551616",
    "\"\"",  "[]",
    "{}",    R"({"hash": "0123456789abcdef", "pairs": [["Dining", "Coffee"]], "chinese": ["x"]})"};

/// A value somewhere below `value`, chosen by the input.
Value& choose(Value& value, Bytes& bytes) {
  Value::Array* elements = value.as_array();
  Value::Object* members = value.as_object();
  const std::size_t size = elements != nullptr ? elements->size() : members != nullptr ? members->size() : 0;
  const std::size_t child = bytes.below(size + 1);
  if (child == size) return value;
  return choose(elements != nullptr ? (*elements)[child] : (*members)[child].value, bytes);
}

void change_text(Value& value, Bytes& bytes) {
  std::string text = value.take_string();
  const std::size_t from = bytes.below(text.size() + 1);
  const std::size_t size = bytes.below(std::min<std::size_t>(text.size() - from, 16) + 1);
  value = Value::string(replace_invalid_utf8(text.replace(from, size, bytes.text())));
}

void change_list(Value::Array& elements, Bytes& bytes) {
  if (elements.empty()) return;
  const auto at = elements.begin() + static_cast<std::ptrdiff_t>(bytes.below(elements.size()));
  switch (bytes.below(3)) {
    case 0:
      elements.erase(at);
      return;
    case 1:
      elements.push_back(Value(*at));
      return;
    default:
      std::iter_swap(at, elements.begin());
  }
}

void change_object(Value::Object& members, Bytes& bytes) {
  if (members.empty()) return;
  const auto at = members.begin() + static_cast<std::ptrdiff_t>(bytes.below(members.size()));
  if (bytes.below(2) == 0) {
    members.erase(at);
  } else {
    std::iter_swap(at, members.begin());
  }
}

void change(Value& record, Bytes& bytes) {
  Value& value = choose(record, bytes);
  const std::size_t way = bytes.below(4);
  if (way == 0) {
    value = json::parse(kOthers[bytes.below(kOthers.size())]).value();
  } else if (way == 1) {
    value = Value::string(bytes.text());
  } else if (value.is_string()) {
    change_text(value, bytes);
  } else if (Value::Array* elements = value.as_array()) {
    change_list(*elements, bytes);
  } else if (Value::Object* members = value.as_object()) {
    change_object(*members, bytes);
  }
}

/// The record as our writer writes it, where the reader accepts it.
std::optional<std::string> written(const Value& value) {
  KnownCatalogues catalogues(default_catalogue());
  FaultList found;
  const StoredRecord stored = read_record(value, catalogues, found);
  if (!found.faults.empty() || !total_of(stored.transactions)) return std::nullopt;
  const auto record = stored.to_record();
  const auto provenance = stored.provenance();
  if (!record || !provenance) return std::nullopt;
  std::string text;
  append_record(text, *record, *provenance, *stored.catalogue, RecordStyle::one_line);
  return text;
}

void check_record(const Value& value) {
  static Validator validator(default_catalogue());
  FaultList found;
  validator.check(value, found);
  for (const Fault& fault : found.faults) {
    check(!fault.reason.empty() && valid_utf8(fault.reason) && valid_utf8(fault.field),
          "faults are told in UTF-8");
  }
  const auto first = written(value);
  if (!first) return;
  const auto again = json::parse(*first);
  check(again.has_value(), "what is written is JSON");
  check(written(*again) == first, "what is accepted is written and read as the same");
}

void check_file(std::string_view text) {
  json::RecordReader reader;
  reader.feed(text);
  reader.finish();
  while (const auto record = reader.next()) {
    if (*record) check_record((*record)->value);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Value good = json::parse(good_record()).value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_file(text);
  Value record = good;
  Bytes bytes(text);
  for (int i = 0; i < 8 && !bytes.empty(); ++i) change(record, bytes);
  check_record(record);
  return 0;
}
