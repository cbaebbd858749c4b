// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/answer_database.h"

#include "synthv1/dataset/sqlite.h"

#include <unordered_map>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kMostStatements = 256;  ///< kept prepared; odd shapes of spec make no more than that

/// "?, ?, ?".
std::string places(std::size_t count, std::string_view place) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list.append(i == 0 ? "" : ", ").append(place);
  return list;
}

/// The filters of a spec, their parameters in the order in which bind_filters binds them.
std::string where_clause(const QuestionSpec& spec) {
  std::string sql = " WHERE session <= ?";
  if (spec.range) sql += " AND date BETWEEN ? AND ?";
  if (spec.date) sql += " AND date = ?";
  if (!spec.scenes.empty()) sql += fmt::format(" AND scene IN ({})", places(spec.scenes.size(), "?"));
  if (!spec.subscenes.empty()) {
    sql += fmt::format(" AND (scene, subscene) IN (VALUES {})", places(spec.subscenes.size(), "(?, ?)"));
  }
  return sql;
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
  return by == GroupBy::month ? "substr(date, 1, 7)" : "date";
}

std::string answer_sql(const QuestionSpec& spec) {
  if (spec.select != Select::argmax) {
    return fmt::format("SELECT {} FROM expense{}", value_of(spec.select), where_clause(spec));
  }
  const std::string_view measure = spec.of == Measure::count ? "count(*)" : "sum(amount)";
  return fmt::format(
      "SELECT {0} AS label, {1} AS value FROM expense{2} GROUP BY label ORDER BY value DESC LIMIT 2",
      group_of(spec.by), measure, where_clause(spec));
}

std::string evidence_sql(const QuestionSpec& spec) {
  return fmt::format("SELECT number FROM expense{} ORDER BY number", where_clause(spec));
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
        "CREATE TABLE expense (number INTEGER PRIMARY KEY, session INTEGER NOT NULL, date TEXT NOT NULL,"
        " scene TEXT NOT NULL, subscene TEXT NOT NULL, amount INTEGER NOT NULL)");
    insert_ = std::make_unique<SqlStatement>(
        database_.prepare("INSERT INTO expense (number, session, date, scene, subscene, amount)"
                          " VALUES (?, ?, ?, ?, ?, ?)"));
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
    const Texts texts = texts_of(spec);
    Query query(prepared(answers_, spec, answer_sql), texts, position);
    return spec.select == Select::argmax ? leader(query.statement) : value(query.statement, spec.select);
  }

  std::vector<std::uint32_t> evidence(const QuestionSpec& spec, std::uint32_t position) {
    const Texts texts = texts_of(spec);
    QuestionSpec filters = spec;
    filters.select = Select::sum;
    Query query(prepared(evidence_, filters, evidence_sql), texts, position);
    std::vector<std::uint32_t> numbers;
    while (query.statement.step()) numbers.push_back(static_cast<std::uint32_t>(query.statement.whole(0)));
    return numbers;
  }

 private:
  using Statements = std::unordered_map<std::uint64_t, SqlStatement>;

  /// The values of the filters, as SQL compares them.
  struct Texts {
    std::vector<std::string> dates;
    std::vector<std::string_view> names;
  };

  /// One run of a prepared statement.
  struct Query {
    Query(SqlStatement& prepared, const Texts& texts, std::uint32_t position) : statement(prepared) {
      statement.bind(std::int64_t{position});
      for (const std::string& date : texts.dates) statement.bind(std::string_view(date));
      for (const std::string_view name : texts.names) statement.bind(name);
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query() { statement.reset(); }

    SqlStatement& statement;
  };

  void insert(const StoredTransaction& transaction, std::int64_t number) {
    const std::string date = format_date(transaction.date.value());
    const Pair& pair = catalogue_->pair(transaction.pair.value());
    insert_->bind(number).bind(std::int64_t{transaction.session_index.value()}).bind(std::string_view(date));
    insert_->bind(std::string_view(catalogue_->scene(pair.scene).name)).bind(std::string_view(pair.name));
    insert_->bind(transaction.amount.value().minor());
    insert_->step();
    insert_->reset();
  }

  Texts texts_of(const QuestionSpec& spec) const {
    Texts texts;
    if (spec.range) texts.dates = {format_date(spec.range->first), format_date(spec.range->last)};
    if (spec.date) texts.dates.push_back(format_date(*spec.date));
    for (const SceneId scene : spec.scenes) texts.names.push_back(catalogue_->scene(scene).name);
    for (const PairId pair : spec.subscenes) {
      texts.names.push_back(catalogue_->scene_of(pair).name);
      texts.names.push_back(catalogue_->pair(pair).name);
    }
    return texts;
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
            .second = {}};
  }

  static SqlAnswer leader(SqlStatement& statement) {
    if (!statement.step()) return {};
    SqlAnswer answer{.outcome = SqlAnswer::Outcome::one, .text = statement.text(0), .second = {}};
    const std::int64_t most = statement.whole(1);
    if (!statement.step() || statement.whole(1) != most) return answer;
    answer.outcome = SqlAnswer::Outcome::tie;
    answer.second = statement.text(0);
    return answer;
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

std::vector<std::uint32_t> AnswerDatabase::evidence(const QuestionSpec& spec, std::uint32_t position) {
  return impl_->evidence(spec, position);
}

}  // namespace synthv1
