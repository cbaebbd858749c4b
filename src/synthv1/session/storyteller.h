// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/plan/record_plan.h"
#include "synthv1/session/decks.h"
#include "synthv1/session/persona.h"
#include "synthv1/session/purchase.h"
#include "synthv1/session/render.h"

#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// What the embedded writer knows while it writes a record: the persona, and which phrases are used up. It
/// draws purchases, phrases and talks that fit a day and a purchase.
class Storyteller {
 public:
  /// For a run with that seed.
  Storyteller(const Catalogue& catalogue, Language language, std::uint64_t seed);

  /// Begins the record of that index: another persona, and no phrase used up.
  void begin_record(std::uint32_t index);
  /// Begins a session: sets the day that phrases must fit and the stream that everything is drawn from.
  void begin_session(Date date, RandomStream random);

  RandomStream& random() { return random_; }
  Language language() const { return language_; }
  const Phrases& phrases() const { return phrases_; }
  const Persona& persona() const { return persona_; }
  const SubscenePhrases& phrases_of(PairId pair) const {
    return phrases_.subscenes[static_cast<std::size_t>(pair)];
  }

  /// A purchase of that pair. Its amount differs from those in `taken` while the subscene's prices leave
  /// another.
  Purchase draw_purchase(PairId pair, const std::vector<Purchase>& taken);

  /// What every phrase can use today, and what it can use about a purchase. The views live as long as the
  /// purchase and this session.
  const Filling& today() const { return today_; }
  Filling about(const Purchase& purchase) const;

  /// Appends a phrase out of `first`, or out of `second` where that has none that fits or, in `percent` of a
  /// hundred draws, at once. Nothing is appended where neither has one.
  void say(Group first, Group second, unsigned percent, const Filling& filling, std::string& line);
  void say(Group group, const Filling& filling, std::string& line) { say(group, {}, 0, filling, line); }
  void say(std::uint32_t fragment, const Filling& filling, std::string& line);
  void say(General key, const Filling& filling, std::string& line) {
    say(phrases_.general_group(key), filling, line);
  }

  /// A talk of `group` that fits, not one of `told`; nothing where none fits.
  std::optional<std::uint32_t> draw_talk(Group group, const Filling& filling,
                                         const std::vector<std::uint32_t>& told);
  /// The next row of that talk that fits, or nothing.
  std::optional<std::uint32_t> draw_row(std::uint32_t talk, const Filling& filling);

 private:
  bool fragment_fits(std::uint32_t index, const Filling& filling) const;
  std::optional<std::uint32_t> draw_fragment(Group group, const Filling& filling);
  std::string rendered(std::uint32_t fragment, const Filling& filling);
  void draw_company(Purchase& purchase, const Pair& pair);
  void draw_item(Purchase& purchase, const Pair& pair, const std::vector<Purchase>& taken);
  Money draw_new_price(const Pair& pair, std::int64_t low, std::int64_t high,
                       const std::vector<Purchase>& taken);

  const Catalogue& catalogue_;
  Language language_;
  const Phrases& phrases_;
  Casting casting_;
  Persona persona_;
  Deck fragments_, items_, talks_;
  std::vector<std::uint32_t> next_rows_;  ///< by talk: the row that is next, counted on without end
  RandomStream random_;
  Filling today_;
};

}  // namespace synthv1
