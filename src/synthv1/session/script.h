// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/session/purchase.h"
#include "synthv1/session/storyteller.h"

#include <cstdint>
#include <vector>

namespace synthv1 {

/// What one user turn is about, and with it the assistant's answer.
enum class BeatKind : std::uint8_t {
  greet,       ///< the user says hello and what they want
  tell,        ///< a purchase with its amount
  tell_two,    ///< two purchases with their amounts
  tell_first,  ///< a purchase without its amount: the assistant asks, and give_amount follows
  give_amount,
  talk,         ///< small talk, about a purchase or not
  ask_total,    ///< the user asks for the sum so far
  check_total,  ///< the user states the sum so far
  close,
};

constexpr std::uint32_t kNoPurchase = 0xffffffff;

struct Beat {
  BeatKind kind = BeatKind::talk;
  std::uint32_t purchase = kNoPurchase;  ///< index into the session's purchases
  std::uint32_t second = kNoPurchase;
  std::uint32_t talk = 0;  ///< talk and its row, as indexes into Phrases
  std::uint32_t row = 0;
};

/// A session before it is put into words: what was bought, and the order in which it is talked about.
struct Script {
  std::vector<Purchase> purchases;  ///< in the order told
  std::vector<Filling> about;       ///< by purchase: what phrases can use about it
  std::vector<Beat> beats;          ///< one a user turn
  bool greets = false;              ///< the first beat's user turn begins with a greeting
  bool answered = true;             ///< whether the assistant answers the last beat
};

/// Draws the script of a session: as many turns as the plan allows, every pair bought, talk in between. It
/// takes the place of what `script` held, in the same memory.
void make_script(const SessionPlan& plan, std::uint32_t num_sessions, Storyteller& teller, Script& script);

}  // namespace synthv1
