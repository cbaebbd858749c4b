// SPDX-License-Identifier: Apache-2.0
#include "cli/run_preview.h"

#include "cli/open_catalogue.h"
#include "synthv1/base/display_width.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/preview.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace synthv1::cli {

namespace {

using Row = std::array<std::string, 5>;

std::string turns_text(const std::vector<Turn>& turns) {
  std::string text;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const std::string_view who = turns[i].role == Role::user ? "User" : "Assistant";
    text += fmt::format("{:>3}  {:<10} {}\n", i, fmt::format("{}:", who), turns[i].content);
  }
  return text;
}

std::vector<Row> rows_of(const Session& session, const Catalogue& catalogue) {
  std::vector<Row> rows{{"turn", "scene", "subscene", "amount", "description"}};
  for (const Transaction& bought : session.transactions) {
    rows.push_back({fmt::format("{}", bought.turn), catalogue.scene_of(bought.pair).name,
                    catalogue.pair(bought.pair).name, format_money(bought.amount), bought.description});
  }
  return rows;
}

std::string table_text(const Session& session, const Catalogue& catalogue) {
  const std::vector<Row> rows = rows_of(session, catalogue);
  std::array<std::size_t, 4> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string text;
  for (const Row& row : rows) {
    text += fmt::format("{:>{}}  {:<{}}  {:<{}}  {:>{}}  {}\n", row[0], widths[0], row[1], widths[1], row[2],
                        widths[2], row[3], widths[3], row[4]);
  }
  return text;
}

void print_session(const Preview& preview, const Catalogue& catalogue) {
  const Session& session = preview.session;
  fmt::print("{}, {}, {}\n\n{}\n{}", format_date(preview.plan.date), counted(session.turns.size(), "turn"),
             counted(session.transactions.size(), "transaction"), turns_text(session.turns),
             table_text(session, catalogue));
  for (const std::string& imperfection : session.imperfections) fmt::print("⚠️ {}\n", imperfection);
  std::fflush(stdout);
}

void print_calls(const CallCounters& calls) {
  if (calls.calls == 0) return;
  fmt::print(stderr, "{}, {} tokens in, {} tokens out\n", counted(calls.calls, "call"), calls.prompt_tokens,
             calls.completion_tokens);
  for (const auto& [name, count] : calls.refused) fmt::print(stderr, "  refused: {} {}\n", count, name);
  for (const auto& [name, count] : calls.failures) fmt::print(stderr, "  failed: {} {}\n", count, name);
}

}  // namespace

Outcome run_preview(GenerateSettings& settings, const std::stop_token& stop) {
  settle(settings);
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  const Result<Preview> preview = preview_session(settings.run, catalogue->get(), stop);
  if (!preview) return std::unexpected(preview.error());
  print_session(*preview, catalogue->get());
  if (!settings.quiet) print_calls(preview->calls);
  return 0;
}

}  // namespace synthv1::cli
