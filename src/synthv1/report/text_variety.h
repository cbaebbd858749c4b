// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/report/gzip_size.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace synthv1 {

/// How varied some texts are. Words are as read_units() reads them: numbers are all the same word.
struct VarietyFigures {
  std::uint64_t texts = 0, words = 0, bytes = 0;
  std::uint64_t gzip_bytes = 0;               ///< what gzip makes of all texts, a line each
  std::array<std::uint64_t, 4> grams{};       ///< runs of 1 to 4 words within a text
  std::array<std::uint64_t, 4> distinct{};    ///< of those, the distinct ones
  std::uint64_t repeats = 0;                  ///< texts that stood there before, byte for byte
  std::uint64_t repeats_but_for_numbers = 0;  ///< texts whose words stood there before

  /// How many times smaller gzip makes them: higher is less varied. 0 without texts.
  double compression() const;
};

/// Measures the first texts that it is given, up to kMostWords words: then figures of large and small data
/// compare, and memory is bounded (40 MB).
class TextVariety {
 public:
  static constexpr std::uint64_t kMostWords = 1'000'000;

  /// Further texts are passed over once the measure is full.
  void add(std::string_view text);
  VarietyFigures finish();

 private:
  void add_grams();

  GzipSize gzip_;
  VarietyFigures figures_;
  std::vector<std::uint64_t> words_;  ///< of the text in hand
  std::array<std::vector<std::uint64_t>, 4> grams_;
  std::vector<std::uint64_t> texts_, texts_but_for_numbers_;
};

}  // namespace synthv1
