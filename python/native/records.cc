// SPDX-License-Identifier: Apache-2.0
#include "native/parts.h"
#include "native/python_json.h"
#include "synthv1/base/file.h"
#include "synthv1/base/json_parse.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <nanobind/stl/string.h>

namespace nb = nanobind;
using namespace nb::literals;

namespace synthv1::python {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

DiskFiles& disk() {
  static DiskFiles files;
  return files;
}

nb::object load_or_fail(std::string_view text) {
  nb::object value = load_json(text);
  if (value) return value;
  const auto parsed = json::parse(text);
  return failure({ErrorKind::usage, parsed ? "it cannot be held in memory" : parsed.error().describe()});
}

/// A JSON text as Python objects, or what is wrong with it.
nb::object parse(const nb::bytes& text) { return load_or_fail(std::string_view(text.c_str(), text.size())); }

/// The whole of a file that is one JSON text, or what is wrong with it.
nb::object parse_file(const std::string& path) {
  Result<std::string> text;
  {
    const nb::gil_scoped_release unlocked;
    text = read_file(path);
  }
  return text ? load_or_fail(*text) : failure(text.error());
}

/// Where lines that are not blank begin, and how many bytes they have, as pairs of 64-bit integers.
class LineIndex {
 public:
  void feed(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      const std::string_view part = bytes.substr(0, end);
      blank_ = blank_ && part.find_first_not_of(" \t\r") == std::string_view::npos;
      at_ += part.size();
      if (end == std::string_view::npos) return;
      end_line();
      begin_ = ++at_;
      bytes.remove_prefix(end + 1);
    }
  }
  std::string finish() {
    end_line();
    return std::move(pairs_);
  }

 private:
  void end_line() {
    if (!blank_) {
      const std::array<std::uint64_t, 2> pair = {begin_, at_ - begin_};
      pairs_.append(reinterpret_cast<const char*>(pair.data()), sizeof pair);
    }
    blank_ = true;
  }

  std::uint64_t at_ = 0, begin_ = 0;
  bool blank_ = true;
  std::string pairs_;
};

Result<std::string> index_lines(const std::string& path) {
  auto file = disk().open_input(path);
  if (!file) return std::unexpected(std::move(file.error()));
  std::vector<char> piece(kPiece);
  LineIndex index;
  while (true) {
    const Result<std::size_t> size = (*file)->read(piece);
    if (!size) return std::unexpected(size.error());
    if (*size == 0) return index.finish();
    index.feed(std::string_view(piece.data(), *size));
  }
}

nb::object find_lines(const std::string& path) {
  Result<std::string> pairs;
  {
    const nb::gil_scoped_release unlocked;
    pairs = index_lines(path);
  }
  if (!pairs) return failure(pairs.error());
  return nb::bytes(pairs->data(), pairs->size());
}

}  // namespace

void add_records(nb::module_& module) {
  module.def("parse", &parse, "text"_a);
  module.def("parse_file", &parse_file, "path"_a);
  module.def("find_lines", &find_lines, "path"_a);
}

}  // namespace synthv1::python
