// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// What a question computes over the transactions that its filters select.
enum class Select : std::uint8_t { sum, count, average, max, min, argmax };
inline constexpr std::array<std::string_view, 6> kSelectNames = {"sum", "count", "average",
                                                                 "max", "min",   "argmax"};

/// What argmax groups by.
enum class GroupBy : std::uint8_t { none, scene, date, month };
inline constexpr std::array<std::string_view, 4> kGroupByNames = {"none", "scene", "date", "month"};

/// What argmax compares: the groups' sums or their numbers of transactions.
enum class Measure : std::uint8_t { sum, count };
inline constexpr std::array<std::string_view, 2> kMeasureNames = {"sum", "count"};

/// Whether a filter is set in every question of a type, in none, or only after the questions without it are
/// used up.
enum class FilterUse : std::uint8_t { never, always, later };
inline constexpr std::array<std::string_view, 3> kFilterUseNames = {"never", "always", "later"};

/// The wording of a question type in one language. Places: {range} or {start} and {end}, {date}, {scenes},
/// {subscenes}.
struct QuestionWording {
  std::string question;  ///< the template: dates in ISO form, scenes by identifier (in Chinese by name)
  std::string ranged;    ///< the template with a range, where FilterUse::later adds one
  std::vector<std::string> rewrites;         ///< what the embedded paraphrase draws from
  std::vector<std::string> ranged_rewrites;  ///< the same, where FilterUse::later adds a range
  std::vector<std::string> asks;  ///< words of which a rewrite must hold one, else it asks something else
};

/// A row of the catalogue's question types.
struct QuestionType {
  std::string name;  ///< the question's `category`
  Select select = Select::sum;
  GroupBy by = GroupBy::none;
  Measure of = Measure::sum;
  FilterUse range = FilterUse::never;
  std::uint8_t min_scenes = 0, max_scenes = 0;        ///< scenes filtered by; 0 and 0: not filtered
  std::uint8_t min_subscenes = 0, max_subscenes = 0;  ///< (scene, subscene) pairs filtered by
  bool date = false;                                  ///< filtered by one date
  std::uint8_t fixed = 0;                             ///< exactly that many in a record; 0: an even share
  bool cap_zero = false;                              ///< answers of 0.00 are capped (SPEC 4)
  std::array<QuestionWording, 2> wording;             ///< by Language
};

}  // namespace synthv1
