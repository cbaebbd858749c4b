// SPDX-License-Identifier: Apache-2.0
// Reading, writing and reading again changes nothing; pieces of any size read as the whole does.
#include "synthv1/base/error.h"
#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using synthv1::check;
namespace json = synthv1::json;
using json::RecordReader;

namespace {

struct Records {
  std::vector<json::Value> values;
  bool faulty = false;
};

void drain(RecordReader& reader, Records& records) {
  while (auto record = reader.next()) {
    if (*record) {
      records.values.push_back((*record)->value);
    } else {
      records.faulty = true;
    }
  }
}

Records read_records(std::string_view text, std::size_t piece, RecordReader::Layout layout) {
  RecordReader reader(layout);
  Records records;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    reader.feed(text.substr(0, piece));
    drain(reader, records);
  }
  reader.finish();
  drain(reader, records);
  return records;
}

void check_document(const json::Value& value, const Records& records) {
  check(!records.faulty, "a document that can be read has no faulty record");
  if (const json::Value::Array* elements = value.as_array()) {
    check(records.values == *elements, "the records of an array are its elements");
  } else {
    check(records.values.size() == 1 && records.values.front() == value, "another value is one record");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = 1 + data[0] % 16;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const auto layout : {RecordReader::Layout::automatic, RecordReader::Layout::lines}) {
    const Records whole = read_records(text, size, layout);
    const Records pieces = read_records(text, piece, layout);
    check(whole.faulty == pieces.faulty && whole.values == pieces.values, "pieces read as the whole does");
  }
  const std::expected<json::Value, json::ParseError> value = json::parse(text);
  const Records document = read_records(text, piece, RecordReader::Layout::document);
  check(value.has_value() != document.faulty, "a document is faulty when its text is");
  if (!value) return 0;
  check_document(*value, document);
  for (const auto style : {json::Writer::Style::compact, json::Writer::Style::pretty}) {
    const std::expected<json::Value, json::ParseError> again = json::parse(json::write(*value, style));
    check(again && *again == *value, "what is written reads the same");
  }
  return 0;
}
