// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/check.h"

#include "synthv1/base/text.h"
#include "synthv1/session/grounding.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

class SessionCheck {
 public:
  SessionCheck(const SessionPlan& plan, Session& session, const Catalogue& catalogue)
      : plan_(plan), session_(session), catalogue_(catalogue) {}

  std::vector<SessionFault> run() {
    transactions();
    grounding();
    turn_count();
    pairs();
    dates();
    return std::move(faults_);
  }

 private:
  void add(SessionFaultKind kind, std::string where, std::string what) {
    faults_.push_back({.kind = kind, .where = std::move(where), .what = std::move(what)});
  }

  std::string pair_text(PairId pair) const {
    return fmt::format("{}/{}", catalogue_.scene_of(pair).name, catalogue_.pair(pair).name);
  }

  void transactions() {
    if (session_.transactions.empty()) add(SessionFaultKind::no_transaction, "", "");
    for (std::size_t i = 0; i < session_.transactions.size(); ++i) {
      const Money amount = session_.transactions[i].amount;
      if (amount <= Money{}) {
        add(SessionFaultKind::bad_amount, fmt::format("transactions[{}]", i), format_money(amount));
      }
    }
  }

  void grounding() {
    std::vector<SpokenLine> lines;
    for (const Turn& turn : session_.turns) lines.push_back({turn.role == Role::user, turn.content});
    std::vector<Money> amounts;
    for (const Transaction& transaction : session_.transactions) amounts.push_back(transaction.amount);
    grounding_ = ground(lines, amounts);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      if (grounding_.turns[i]) {
        session_.transactions[i].turn = *grounding_.turns[i];
      } else {
        add(SessionFaultKind::not_stated, fmt::format("transactions[{}]", i), format_money(amounts[i]));
      }
    }
    for (const UserMention& mention : grounding_.unexplained) {
      const std::string& content = session_.turns[mention.turn].content;
      add(SessionFaultKind::unexplained_money, fmt::format("turn {}", mention.turn),
          content.substr(mention.number.offset, mention.number.length));
    }
  }

  void turn_count() {
    const std::size_t count = session_.turns.size();
    if (count >= plan_.min_turns && count <= plan_.max_turns) return;
    add(SessionFaultKind::turn_count, "",
        fmt::format("{} turns, not {} to {}", count, plan_.min_turns, plan_.max_turns));
  }

  void pairs() {
    for (const PairId pair : plan_.pairs) {
      const auto& made = session_.transactions;
      if (std::any_of(made.begin(), made.end(), [&](const Transaction& t) { return t.pair == pair; }))
        continue;
      add(SessionFaultKind::pair_missing, "", pair_text(pair));
    }
    for (std::size_t i = 0; i < session_.transactions.size(); ++i) {
      const PairId pair = session_.transactions[i].pair;
      if (std::find(plan_.pairs.begin(), plan_.pairs.end(), pair) != plan_.pairs.end()) continue;
      add(SessionFaultKind::pair_unrequested, fmt::format("transactions[{}]", i), pair_text(pair));
    }
  }

  void dates() {
    for (const auto& [turn, mention] : grounding_.dates) {
      if (mention.date == plan_.date) continue;
      add(SessionFaultKind::other_date, fmt::format("turn {}", turn),
          session_.turns[turn].content.substr(mention.offset, mention.length));
    }
  }

  const SessionPlan& plan_;
  Session& session_;
  const Catalogue& catalogue_;
  Grounding grounding_;
  std::vector<SessionFault> faults_;
};

}  // namespace

std::string SessionFault::describe() const {
  std::string text(kSessionFaultNames[static_cast<std::size_t>(kind)]);
  if (!where.empty()) text.append(": ").append(where);
  if (!what.empty()) text.append(": ").append(one_line(what));
  return text;
}

std::vector<SessionFault> check_session(const SessionPlan& plan, Session& session,
                                        const Catalogue& catalogue) {
  return SessionCheck(plan, session, catalogue).run();
}

}  // namespace synthv1
