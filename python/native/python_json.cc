// SPDX-License-Identifier: Apache-2.0
#include "native/python_json.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

namespace synthv1::python {

namespace nb = nanobind;

namespace {

using Fault = boost::json::error_code;
using Piece = boost::json::string_view;

constexpr std::size_t kMaxDepth = 512;
constexpr std::size_t kBetweenPauses = std::size_t{1} << 20;  ///< bytes of text in strings

/// Keys recur in every object: one Python string of each serves. Two with the same slot take turns.
class KeyCache {
 public:
  nb::object find(std::string_view key) {
    Slot& slot = slots_[slot_of(key)];
    if (slot.text == key && slot.key) return slot.key;
    PyObject* made = PyUnicode_DecodeUTF8(key.data(), static_cast<Py_ssize_t>(key.size()), nullptr);
    if (made == nullptr) return {};
    PyUnicode_InternInPlace(&made);
    slot.text = key;
    slot.key = nb::steal(made);
    return slot.key;
  }

 private:
  struct Slot {
    std::string text;
    nb::object key;
  };

  static std::size_t slot_of(std::string_view key) {
    if (key.empty()) return 0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(key[i]); };
    return (at(0) + at(key.size() / 2) * 7u + at(key.size() - 1) * 31u + key.size() * 57u) % kSlots;
  }

  static constexpr std::size_t kSlots = 256;
  std::array<Slot, kSlots> slots_;
};

/// What Boost's parser reports to: a stack of values, taken together where an array or object ends.
class Builder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  nb::object take() { return values_.size() == 1 ? std::move(values_.front()) : nb::object(); }

  bool on_document_begin(Fault&) { return true; }
  bool on_document_end(Fault&) { return true; }
  bool on_array_begin(Fault&) { return true; }
  bool on_object_begin(Fault&) { return true; }

  bool on_array_end(std::size_t size, Fault& fault) {
    PyObject* list = PyList_New(static_cast<Py_ssize_t>(size));
    if (list == nullptr) return refuse(fault);
    const std::size_t first = values_.size() - size;
    for (std::size_t i = 0; i < size; ++i) {
      PyList_SET_ITEM(list, static_cast<Py_ssize_t>(i), values_[first + i].release().ptr());
    }
    return replace(size, nb::steal(list), fault);
  }

  bool on_object_end(std::size_t size, Fault& fault) {
    nb::object dict = nb::steal(PyDict_New());
    const std::size_t first = values_.size() - 2 * size;
    for (std::size_t i = first; dict && i < values_.size(); i += 2) {
      if (PyDict_SetItem(dict.ptr(), values_[i].ptr(), values_[i + 1].ptr()) != 0) return refuse(fault);
    }
    return replace(2 * size, std::move(dict), fault);
  }

  bool on_key_part(Piece piece, std::size_t, Fault&) { return gather(piece); }
  bool on_key(Piece piece, std::size_t, Fault& fault) {
    return push(keys_.find(whole_text(piece)), fault) && done_with_text();
  }
  bool on_string_part(Piece piece, std::size_t, Fault&) { return gather(piece); }
  bool on_string(Piece piece, std::size_t, Fault& fault) {
    const std::string_view text = whole_text(piece);
    const auto size = static_cast<Py_ssize_t>(text.size());
    pause_after(text.size());
    return push(nb::steal(PyUnicode_DecodeUTF8(text.data(), size, nullptr)), fault) && done_with_text();
  }
  bool on_number_part(Piece piece, Fault&) { return gather(piece); }
  bool on_int64(std::int64_t number, Piece, Fault& fault) {
    return push(nb::steal(PyLong_FromLongLong(number)), fault) && done_with_text();
  }
  bool on_uint64(std::uint64_t number, Piece, Fault& fault) {
    return push(nb::steal(PyLong_FromUnsignedLongLong(number)), fault) && done_with_text();
  }
  /// Boost's own number may be off by its last bit.
  bool on_double(double, Piece piece, Fault& fault) {
    return push(nb::steal(number_of(whole_text(piece))), fault) && done_with_text();
  }
  bool on_bool(bool value, Fault& fault) { return push(nb::bool_(value), fault); }
  bool on_null(Fault& fault) { return push(nb::none(), fault); }
  bool on_comment_part(Piece, Fault&) { return true; }
  bool on_comment(Piece, Fault&) { return true; }

 private:
  static bool refuse(Fault& fault) {
    PyErr_Clear();
    fault = boost::json::error::syntax;
    return false;
  }

  static PyObject* number_of(std::string_view text) {
    if (text.find_first_of(".eE") == std::string_view::npos) {
      return PyLong_FromString(std::string(text).c_str(), nullptr, 10);
    }
    double number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code == std::errc{}) return PyFloat_FromDouble(number);
    return PyFloat_FromDouble(PyOS_string_to_double(std::string(text).c_str(), nullptr, nullptr));
  }

  bool gather(Piece piece) {
    text_.append(piece.data(), piece.size());
    return true;
  }
  /// Valid until done_with_text().
  std::string_view whole_text(Piece piece) {
    if (text_.empty()) return {piece.data(), piece.size()};
    gather(piece);
    return text_;
  }
  bool done_with_text() {
    text_.clear();
    return true;
  }

  bool push(nb::object value, Fault& fault) {
    if (!value) return refuse(fault);
    values_.push_back(std::move(value));
    return true;
  }
  bool replace(std::size_t count, nb::object value, Fault& fault) {
    values_.resize(values_.size() - count);
    return push(std::move(value), fault);
  }

  /// Other threads are not kept from the interpreter by a large file.
  void pause_after(std::size_t bytes) {
    since_pause_ += bytes;
    if (since_pause_ < kBetweenPauses) return;
    since_pause_ = 0;
    const nb::gil_scoped_release unlocked;
  }

  std::vector<nb::object> values_;
  KeyCache keys_;
  std::string text_;  ///< the parts so far of a key, string or number that comes in several
  std::size_t since_pause_ = 0;
};

}  // namespace

nb::object load_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::basic_parser<Builder> parser(options);
  Fault fault;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), fault);
  if (fault || text.find_first_not_of(" \t\r\n", used) != std::string_view::npos) return {};
  return parser.handler().take();
}

}  // namespace synthv1::python
