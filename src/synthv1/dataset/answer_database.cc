// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/answer_database.h"

#include "synthv1/base/sqlite.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kMostStatements = 256;  ///< kept prepared; odd shapes of spec make no more than that

/// A date as SQL compares it: 20240115; its month is 202401.
std::int64_t number_of(Date date) {
  return (date.year() * 100 + static_cast<int>(date.month())) * 100 + static_cast<int>(date.day());
}

/// " AND column IN (?, ?, ?)", or nothing for no values.
std::string in_clause(std::string_view column, std::size_t count) {
  if (count == 0) return {};
  std::string places = "?";
  for (std::size_t i = 1; i < count; ++i) places += ", ?";
  return fmt::format(" AND {} IN ({})", column, places);
}

/// The filters of a spec, their parameters in the order in which Query binds them.
std::string where_clause(const QuestionSpec& spec) {
  std::string sql = " WHERE session <= ?";
  if (spec.range) sql += " AND date BETWEEN ? AND ?";
  if (spec.date) sql += " AND date = ?";
  return sql + in_clause("scene", spec.scenes.size()) + in_clause("pair", spec.subscenes.size());
}

std::string_view value_of(Select select) {
  switch (select) {
    case Select::sum:
      return "coalesce(sum(amount), 0)";
    case Select::count:
      return "count(*)";
    case Select::average:  // half up: amounts are positive, and a division of integers drops the fraction
      return "(2 * sum(amount) + count(*)) / (2 * count(*))";
    case Select::max:
      return "max(amount)";
    case Select::min:
      return "min(amount)";
    case Select::argmax:
      break;
  }
  return "NULL";
}

std::string_view group_of(GroupBy by) {
  if (by == GroupBy::scene) return "scene";
  return by == GroupBy::month ? "date / 100" : "date";
}

std::string answer_sql(const QuestionSpec& spec) {
  if (spec.select != Select::argmax) {  // with the evidence: one way through the rows instead of two
    return fmt::format("SELECT {}, group_concat(number, ' ') FROM expense{}", value_of(spec.select),
                       where_clause(spec));
  }
  const std::string_view measure = spec.of == Measure::count ? "count(*)" : "sum(amount)";
  return fmt::format(
      "SELECT {0} AS label, {1} AS value FROM expense{2} GROUP BY label ORDER BY value DESC LIMIT 2",
      group_of(spec.by), measure, where_clause(spec));
}

std::string evidence_sql(const QuestionSpec& spec) {
  return "SELECT number FROM expense" + where_clause(spec);
}

/// What statements depend on: all of a spec but the values of its filters.
std::uint64_t shape_of(const QuestionSpec& spec) {
  const bool argmax = spec.select == Select::argmax;
  std::uint64_t shape = static_cast<std::uint64_t>(spec.select);
  shape = shape << 4 | (argmax ? static_cast<std::uint64_t>(spec.by) : 0);
  shape = shape << 4 | (argmax ? static_cast<std::uint64_t>(spec.of) : 0);
  shape = shape << 4 | (spec.range ? 2u : 0u) | (spec.date ? 1u : 0u);
  return (shape << 16 | spec.scenes.size()) << 16 | spec.subscenes.size();
}

}  // namespace

class AnswerDatabase::Impl {
 public:
  Impl() {
    database_.run(
        "CREATE TABLE expense (number INTEGER PRIMARY KEY, session INTEGER NOT NULL, date INTEGER NOT NULL,"
        " scene INTEGER NOT NULL, pair INTEGER NOT NULL, amount INTEGER NOT NULL)");
    database_.run("CREATE INDEX by_date ON expense (date, number, session, scene, amount)");
    database_.run("CREATE INDEX by_scene ON expense (scene, date, number, session, amount)");
    insert_ = std::make_unique<SqlStatement>(database_.prepare(
        "INSERT INTO expense (number, session, date, scene, pair, amount) VALUES (?, ?, ?, ?, ?, ?)"));
  }

  void load(std::span<const StoredTransaction> transactions, const Catalogue& catalogue) {
    catalogue_ = &catalogue;
    database_.run("BEGIN");
    database_.run("DELETE FROM expense");
    for (std::size_t i = 0; i < transactions.size(); ++i)
      insert(transactions[i], static_cast<std::int64_t>(i));
    database_.run("COMMIT");
  }

  SqlAnswer answer(const QuestionSpec& spec, std::uint32_t position) {
    SqlAnswer answer;
    {
      const Query query(prepared(answers_, spec, answer_sql), spec, position);
      answer = spec.select == Select::argmax ? leader(query.statement, spec.by)
                                             : value(query.statement, spec.select);
    }
    if (spec.select == Select::argmax) answer.evidence = evidence(spec, position);
    std::ranges::sort(answer.evidence);
    return answer;
  }

 private:
  using Statements = std::unordered_map<std::uint64_t, SqlStatement>;

  /// One run of a prepared statement.
  struct Query {
    Query(SqlStatement& prepared, const QuestionSpec& spec, std::uint32_t position) : statement(prepared) {
      statement.bind(position);
      if (spec.range) statement.bind(number_of(spec.range->first)).bind(number_of(spec.range->last));
      if (spec.date) statement.bind(number_of(*spec.date));
      for (const SceneId scene : spec.scenes) statement.bind(static_cast<std::int64_t>(scene));
      for (const PairId pair : spec.subscenes) statement.bind(static_cast<std::int64_t>(pair));
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query() { statement.reset(); }

    SqlStatement& statement;
  };

  std::vector<std::uint32_t> evidence(const QuestionSpec& spec, std::uint32_t position) {
    const Query query(prepared(evidence_, spec, evidence_sql), spec, position);
    std::vector<std::uint32_t> numbers;
    while (query.statement.step()) numbers.push_back(static_cast<std::uint32_t>(query.statement.whole(0)));
    return numbers;
  }

  void insert(const StoredTransaction& transaction, std::int64_t number) {
    const PairId pair = transaction.pair.value();
    insert_->bind(number).bind(transaction.session_index.value()).bind(number_of(transaction.date.value()));
    insert_->bind(static_cast<std::int64_t>(catalogue_->pair(pair).scene))
        .bind(static_cast<std::int64_t>(pair));
    insert_->bind(transaction.amount.value().minor());
    insert_->step();
    insert_->reset();
  }

  SqlStatement& prepared(Statements& statements, const QuestionSpec& spec,
                         std::string (*sql)(const QuestionSpec&)) {
    const std::uint64_t shape = shape_of(spec);
    const auto known = statements.find(shape);
    if (known != statements.end()) return known->second;
    if (statements.size() >= kMostStatements) statements.clear();
    return statements.emplace(shape, database_.prepare(sql(spec))).first->second;
  }

  static SqlAnswer value(SqlStatement& statement, Select select) {
    if (!statement.step() || statement.is_null(0)) return {};
    const std::int64_t value = statement.whole(0);
    return {.outcome = SqlAnswer::Outcome::one,
            .text = select == Select::count ? std::to_string(value) : format_money(Money::from_minor(value)),
            .second = {},
            .evidence = numbers_in(statement.text(1))};
  }

  /// "3 17 204"
  static std::vector<std::uint32_t> numbers_in(std::string_view text) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(text.size() / 3 + 1);
    while (!text.empty()) {
      std::uint32_t number = 0;
      const char* end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
      numbers.push_back(number);
      text.remove_prefix(std::min(static_cast<std::size_t>(end - text.data()) + 1, text.size()));
    }
    return numbers;
  }

  SqlAnswer leader(SqlStatement& statement, GroupBy by) const {
    if (!statement.step()) return {};
    SqlAnswer answer;
    answer.outcome = SqlAnswer::Outcome::one;
    answer.text = label(statement.whole(0), by);
    const std::int64_t most = statement.whole(1);
    if (!statement.step() || statement.whole(1) != most) return answer;
    answer.outcome = SqlAnswer::Outcome::tie;
    answer.second = label(statement.whole(0), by);
    return answer;
  }

  /// The group's value as answers have it.
  std::string label(std::int64_t value, GroupBy by) const {
    if (by == GroupBy::scene) return catalogue_->scene(static_cast<SceneId>(value)).name;
    if (by == GroupBy::month) return fmt::format("{:04}-{:02}", value / 100, value % 100);
    return fmt::format("{:04}-{:02}-{:02}", value / 10000, value / 100 % 100, value % 100);
  }

  SqlDatabase database_;
  std::unique_ptr<SqlStatement> insert_;
  Statements answers_, evidence_;
  const Catalogue* catalogue_ = nullptr;
};

AnswerDatabase::AnswerDatabase() : impl_(std::make_unique<Impl>()) {}
AnswerDatabase::AnswerDatabase(AnswerDatabase&&) noexcept = default;
AnswerDatabase& AnswerDatabase::operator=(AnswerDatabase&&) noexcept = default;
AnswerDatabase::~AnswerDatabase() = default;

void AnswerDatabase::load(std::span<const StoredTransaction> transactions, const Catalogue& catalogue) {
  impl_->load(transactions, catalogue);
}

SqlAnswer AnswerDatabase::answer(const QuestionSpec& spec, std::uint32_t position) {
  return impl_->answer(spec, position);
}

}  // namespace synthv1
