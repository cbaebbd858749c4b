// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// Conditions that a fragment needs or excludes, one bit a tag (docs/formats/catalogue.md, "Tags"). The bits
/// behind the named tags say which optional slots can be filled.
using Tags = std::uint64_t;

/// The names of the tags; the index is the bit.
inline constexpr std::array<std::string_view, 56> kTagNames = {
    "spring",     "summer",       "autumn",    "winter",      "january",       "february",        "march",
    "april",      "may",          "june",      "july",        "august",        "september",       "october",
    "november",   "december",     "monday",    "tuesday",     "wednesday",     "thursday",        "friday",
    "saturday",   "sunday",       "weekday",   "weekend",     "new_year",      "spring_festival", "lantern",
    "valentine",  "womens_day",   "qingming",  "labour_day",  "childrens_day", "dragon_boat",     "qixi",
    "mid_autumn", "national_day", "halloween", "singles_day", "christmas",     "year_end",        "dog",
    "cat",        "kid",          "partner",   "roommate",    "office",        "student",         "freelance",
    "car",        "with",         "alone",     "has_who",     "has_occasion",  "has_second",      "has_pet"};

/// The bit of a tag; the name must be one of kTagNames.
consteval Tags tag(std::string_view name) {
  for (std::size_t i = 0; i < kTagNames.size(); ++i) {
    if (kTagNames[i] == name) return Tags{1} << i;
  }
  throw "no such tag";
}

/// What fills the places of a fragment.
enum class Slot : std::uint8_t {
  item,
  thing,
  merchant,
  occasion,
  with,
  who,
  amount,
  item2,
  thing2,
  amount2,
  total,
  count,
  subscene,
  scene,
  weekday,
  month,
  name,
  friend_name,
  colleague,
  sibling,
  city,
  pet,
};

/// How each slot is written between braces; the index is the Slot.
inline constexpr std::array<std::string_view, 22> kSlotNames = {
    "item",   "thing",   "merchant",  "occasion", "with",     "who",   "amount",  "item2",
    "thing2", "amount2", "total",     "count",    "subscene", "scene", "weekday", "month",
    "name",   "friend",  "colleague", "sibling",  "city",     "pet"};

/// The tags that must hold where a phrase stands, and those that must not.
struct Condition {
  Tags needs = 0;
  Tags excludes = 0;

  friend bool operator==(const Condition&, const Condition&) = default;
};

/// A phrase in compiled form, at `offset` in Phrases::code: a list of operations. kLiteral is followed by a
/// 16-bit length and the text; kSlot by a Slot; kChoice by an 8-bit number of alternatives and, for each, a
/// 16-bit length and its operations. Numbers are little-endian. Small, because whoever writes draws from all
/// over the table.
struct Fragment {
  static constexpr char kLiteral = 1;
  static constexpr char kSlot = 2;
  static constexpr char kChoice = 3;

  std::uint32_t offset = 0;
  std::uint16_t length = 0;
  std::uint16_t condition = 0;  ///< index into Phrases::conditions; 0: none
};

/// Consecutive elements of one of the tables of Phrases.
struct Group {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// Something to buy.
struct Item {
  std::uint32_t item = 0;   ///< fragment: "a flat white"
  std::uint32_t thing = 0;  ///< fragment: "flat white"
  std::int64_t low = 0;     ///< lowest price, minor units
  std::int64_t high = 0;    ///< highest price, minor units
  Group merchants;          ///< fragments; empty: the subscene's
  Condition condition;
};

/// One user turn and the replies that fit it.
struct TalkRow {
  std::uint32_t user = 0;  ///< fragment
  Group replies;           ///< fragments
};

/// A short exchange: the assistant's question (if any) and the ways to go on.
struct Talk {
  Group ask;   ///< fragments; empty: the user begins
  Group rows;  ///< talk rows
  Condition condition;
};

/// The phrases that serve one subscene; empty groups are served by the general ones.
struct SubscenePhrases {
  Group merchants, occasions, tell, tell_first, confirm;  ///< fragments
  Group items;
  Group talks;
};

/// The groups of `[LANGUAGE.general]`; kGeneralNames says what each is for in its order.
enum class General : std::uint8_t {
  greet,
  welcome,
  open,
  next,
  tell,
  tell_first,
  tell_two,
  confirm,
  confirm_two,
  ask_amount,
  give_amount,
  more,
  ask_total,
  give_total,
  check_total,
  agree_total,
  close,
  bye,
  interject,
};

inline constexpr std::array<std::string_view, 19> kGeneralNames = {
    "greet",       "welcome",     "open",       "next",        "tell",     "tell_first", "tell_two",
    "confirm",     "confirm_two", "ask_amount", "give_amount", "more",     "ask_total",  "give_total",
    "check_total", "agree_total", "close",      "bye",         "interject"};

/// Names that a persona draws from.
enum class PersonaList : std::uint8_t { people, cities, dogs, cats };
inline constexpr std::array<std::string_view, 4> kPersonaNames = {"people", "cities", "dogs", "cats"};

/// A thread of life: talks told in this order over the sessions of a record.
struct Thread {
  Group talks;
  Condition condition;
};

/// All phrases of one language, as plain tables.
struct Phrases {
  std::string code;  ///< what the fragments' offsets point into
  std::vector<Fragment> fragments;
  std::vector<Condition> conditions{Condition{}};  ///< each once; the first is that of no tags
  std::vector<Item> items;
  std::vector<TalkRow> rows;
  std::vector<Talk> talks;
  std::vector<Thread> threads;
  std::vector<SubscenePhrases> subscenes;  ///< by PairId
  std::array<Group, kGeneralNames.size()> general{};
  Group general_talks;
  std::array<Group, kPersonaNames.size()> persona{};

  std::string_view code_of(const Fragment& fragment) const {
    return std::string_view(code).substr(fragment.offset, fragment.length);
  }
  const Condition& condition_of(const Fragment& fragment) const { return conditions[fragment.condition]; }
  Group general_group(General key) const { return general[static_cast<std::size_t>(key)]; }
};

}  // namespace synthv1
