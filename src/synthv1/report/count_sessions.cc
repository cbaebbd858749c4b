// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/count_sessions.h"

#include "synthv1/base/text.h"
#include "synthv1/dataset/chunk_lines.h"
#include "synthv1/model/token_estimate.h"

#include <cmath>

namespace synthv1 {

void SessionCounter::add(const StoredRecord& record, LeftOut& left_out) {
  double tokens = 0;
  for (const auto& chunk : record.chunks) {
    if (chunk) {
      tokens += add_session(*chunk, left_out);
    } else {
      ++left_out["chunks that are no text"];
    }
  }
  sessions_a_record_.add(static_cast<std::int64_t>(record.chunks.size()));
  tokens_a_record_.add(std::llround(tokens));
}

double SessionCounter::add_session(std::string_view chunk, LeftOut& left_out) {
  const double tokens = estimate_tokens(chunk);
  const std::vector<std::string_view> lines = split(chunk, '\n');
  ++counts_.sessions;
  counts_.turns += lines.size();
  turns_a_session_.add(static_cast<std::int64_t>(lines.size()));
  tokens_a_session_.add(std::llround(tokens));
  bool dated = false;
  for (const std::string_view line : lines) add_line(line, dated, left_out);
  if (!dated) ++left_out["sessions without a date"];
  return tokens;
}

void SessionCounter::add_line(std::string_view line, bool& dated, LeftOut& left_out) {
  const auto read = read_chunk_line(line);
  if (!read) {
    ++left_out["turns not of the form [2024-01-15] User said, \"...\""];
    return;
  }
  if (!dated) ++counts_.calendar[read->date];
  dated = true;
  counts_.user_turns += read->said.by_user ? 1U : 0U;
  (read->said.by_user ? user_text_ : assistant_text_).add(read->said.content);
}

SessionStatistics SessionCounter::finish() {
  counts_.sessions_a_record = sessions_a_record_.quantiles();
  counts_.turns_a_session = turns_a_session_.quantiles();
  counts_.tokens_a_session = tokens_a_session_.quantiles();
  counts_.tokens_a_record = tokens_a_record_.quantiles();
  counts_.user_text = user_text_.finish();
  counts_.assistant_text = assistant_text_.finish();
  return std::move(counts_);
}

}  // namespace synthv1
