// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/validate_sessions.h"

#include "synthv1/base/text.h"
#include "synthv1/dataset/chunk_lines.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// Amounts have 15 digits before the point at most, and so have their sums here: no sum runs over.
constexpr Money kTooMuch = Money::from_minor(100'000'000'000'000'000);

/// The sum of the amounts that could be read, or nothing where it is too large.
std::optional<Money> bounded_sum(const std::vector<StoredTransaction>& transactions) {
  Money sum;
  for (const StoredTransaction& transaction : transactions) {
    sum += transaction.amount.value_or(Money{});
    if (sum >= kTooMuch) return std::nullopt;
  }
  return sum;
}

/// A chunk, as far as it can be read.
struct SessionText {
  std::optional<Date> date;
  std::vector<SpokenLine> lines;
  std::vector<std::uint32_t> transactions;  ///< that belong to it
  bool certain = true;                      ///< all of its lines and amounts are known
};

class SessionsCheck {
 public:
  SessionsCheck(const StoredRecord& record, FaultSink& faults)
      : record_(record), faults_(faults), sessions_(record.chunks.size()) {}

  SessionFacts run() {
    for (std::size_t i = 0; i < sessions_.size(); ++i) read_chunk(i);
    check_dates();
    assign_transactions();
    if (bounded_sum(record_.transactions)) {
      for (std::size_t i = 0; i < sessions_.size(); ++i) check_amounts(i);
    }
    SessionFacts facts;
    for (const SessionText& session : sessions_) {
      facts.dates.push_back(session.date);
      facts.turns += session.lines.size();
    }
    return facts;
  }

 private:
  void tell(FaultKind kind, std::string field, std::string reason) {
    faults_.fault({kind, std::move(field), std::move(reason)});
  }
  void tell_turn(FaultKind kind, std::size_t chunk, std::size_t turn, std::string reason) {
    tell(kind, fmt::format("chunks[{}] turn {}", chunk, turn), std::move(reason));
  }
  void tell_transaction(FaultKind kind, std::size_t index, std::string_view field, std::string reason) {
    tell(kind, fmt::format("metadata.transaction_events[{}].{}", index, field), std::move(reason));
  }

  void read_chunk(std::size_t index) {
    SessionText& session = sessions_[index];
    if (!record_.chunks[index]) return void(session.certain = false);
    std::string_view rest = *record_.chunks[index];
    for (bool more = true; more;) {
      const std::size_t end = rest.find('\n');
      more = end != std::string_view::npos;
      read_line(session, index, rest.substr(0, end));
      if (more) rest.remove_prefix(end + 1);
    }
  }

  void read_line(SessionText& session, std::size_t chunk, std::string_view line) {
    const std::size_t turn = session.lines.size();
    const auto read = read_chunk_line(line);
    session.lines.push_back(read ? read->said : SpokenLine{});
    if (!read) {
      session.certain = false;
      return tell_turn(FaultKind::line, chunk, turn, read.error());
    }
    if (!session.date) session.date = read->date;
    if (*session.date == read->date) return;
    tell_turn(FaultKind::date, chunk, turn,
              fmt::format("its date is {}, the session's is {}", format_date(read->date),
                          format_date(*session.date)));
  }

  void check_dates() {
    std::optional<Date> before;
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
      const std::optional<Date> date = sessions_[i].date;
      if (!date) continue;
      if (before && *date <= *before) {
        tell(FaultKind::date, fmt::format("chunks[{}]", i),
             fmt::format("its date {} does not come after {}, the session before", format_date(*date),
                         format_date(*before)));
      }
      before = date;
    }
  }

  void assign_transactions() {
    std::uint32_t before = 0;
    bool all_placed = true;
    for (std::uint32_t i = 0; i < record_.transactions.size(); ++i) {
      const std::optional<std::uint32_t> index = record_.transactions[i].session_index;
      if (!index || !place(i, *index)) {
        all_placed = false;
        continue;
      }
      if (*index < before) {
        tell_transaction(FaultKind::order, i, "session_index",
                         fmt::format("{} stands behind {}: transactions come in the order of their sessions",
                                     *index, before));
      }
      before = *index;
    }
    for (std::size_t i = 0; i < sessions_.size() && all_placed; ++i) {
      if (sessions_[i].transactions.empty()) {
        tell(FaultKind::missing, fmt::format("chunks[{}]", i), "no transaction belongs to it");
      }
    }
    if (all_placed) return;
    for (SessionText& session : sessions_) session.certain = false;
  }

  /// False where there is no such session.
  bool place(std::uint32_t number, std::uint32_t index) {
    if (index >= sessions_.size()) {
      tell_transaction(FaultKind::index, number, "session_index",
                       fmt::format("{}, but there are {} chunks", index, sessions_.size()));
      return false;
    }
    SessionText& session = sessions_[index];
    const StoredTransaction& transaction = record_.transactions[number];
    session.transactions.push_back(number);
    if (!transaction.amount) session.certain = false;
    if (transaction.date && session.date && *transaction.date != *session.date) {
      tell_transaction(FaultKind::date, number, "date",
                       fmt::format("{}, but chunks[{}] is of {}", format_date(*transaction.date), index,
                                   format_date(*session.date)));
    }
    return true;
  }

  void check_amounts(std::size_t index) {
    const SessionText& session = sessions_[index];
    if (!session.certain) return;
    std::vector<Money> amounts;
    for (const std::uint32_t number : session.transactions)
      amounts.push_back(*record_.transactions[number].amount);
    const Grounding grounding = ground(session.lines, amounts);
    for (std::size_t i = 0; i < amounts.size(); ++i) check_turn(session.transactions[i], grounding.turns[i]);
    for (const UserMention& mention : grounding.unexplained) {
      const std::string_view content = session.lines[mention.turn].content;
      tell_turn(FaultKind::unexplained_money, index, mention.turn,
                fmt::format("the amount {} is no transaction's and no sum of the session's so far",
                            one_line(content.substr(mention.number.offset, mention.number.length), 40)));
    }
  }

  void check_turn(std::uint32_t number, std::optional<std::uint32_t> stated) {
    const StoredTransaction& transaction = record_.transactions[number];
    if (!stated) {
      return tell_transaction(FaultKind::not_stated, number, "amount",
                              fmt::format("no user turn of chunks[{}] is left to state {}",
                                          *transaction.session_index, format_money(*transaction.amount)));
    }
    if (!transaction.turn || *transaction.turn == *stated) return;
    tell_transaction(
        FaultKind::turn, number, "turn",
        fmt::format("{}, but the user first states {} in turn {} of chunks[{}]", *transaction.turn,
                    format_money(*transaction.amount), *stated, *transaction.session_index));
  }

  const StoredRecord& record_;
  FaultSink& faults_;
  std::vector<SessionText> sessions_;
};

}  // namespace

SessionFacts validate_sessions(const StoredRecord& record, FaultSink& faults) {
  return SessionsCheck(record, faults).run();
}

std::optional<Money> total_of(const std::vector<StoredTransaction>& transactions) {
  for (const StoredTransaction& transaction : transactions) {
    if (!transaction.amount) return std::nullopt;
  }
  return bounded_sum(transactions);
}

}  // namespace synthv1
