// SPDX-License-Identifier: Apache-2.0
#include "cli/estimate_text.h"

#include "cli/quantities.h"
#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <fmt/format.h>

namespace synthv1::cli {

namespace {

std::string row(std::string_view name, const Workload& work) {
  return fmt::format("{:<14}{:>14}{:>20}{:>20}\n", name, count_text(work.calls),
                     count_text(work.tokens.prompt), count_text(work.tokens.completion));
}

/// "3 h 20 min", "12 min", "40 s".
std::string time_text(std::chrono::duration<double> time) {
  const auto seconds = static_cast<std::int64_t>(time.count() + 0.5);
  if (seconds < 120) return fmt::format("{} s", seconds);
  if (seconds < 600) return fmt::format("{} min {} s", seconds / 60, seconds % 60);
  const std::int64_t minutes = (seconds + 30) / 60;
  if (minutes < 120) return fmt::format("{} min", minutes);
  if (minutes < 3 * 24 * 60) return fmt::format("{} h {} min", minutes / 60, minutes % 60);
  const std::int64_t hours = (minutes + 30) / 60;
  return fmt::format("{} days {} h", hours / 24, hours % 24);
}

std::string percent(double share) { return fmt::format("{:.0f} %", share * 100); }

std::string cost_line(const GenerateOptions& options, const RunEstimate& estimate) {
  if (!estimate.at_best.cost || !estimate.at_worst.cost) {
    return "cost          give --price_in and --price_out, the prices of a million tokens\n";
  }
  return fmt::format("cost          {:.2f} to {:.2f}, at {} in and {} out for a million tokens\n",
                     *estimate.at_best.cost, *estimate.at_worst.cost, *options.price_in, *options.price_out);
}

std::string time_line(const GenerateOptions& options, const RunEstimate& estimate) {
  return fmt::format(
      "time          {} to {}, assuming {} tokens a second a call (--tokens_per_second)\n"
      "              and {} in flight (--llm_concurrency){}\n",
      time_text(estimate.at_best.time), time_text(estimate.at_worst.time),
      estimate.assumptions.tokens_per_second, counted(options.llm_concurrency, "call"),
      options.rpm > 0 || options.tpm > 0 ? ", within --rpm and --tpm" : "");
}

std::string basis(const RunEstimate& estimate) {
  const bool all = estimate.sampled_records == estimate.records;
  const std::string built = all ? "all records" : counted(estimate.sampled_records, "record");
  return fmt::format(
      "Nothing was sent. Tokens are estimated: in, from the requests of {};\n"
      "out, from what the embedded writer makes of the same plans. The higher figures are for\n"
      "{} of the calls made twice.\n",
      built, percent(estimate.assumptions.asked_again));
}

void write_work(json::Writer& writer, std::string_view name, const Workload& work) {
  writer.key(name).begin_object().key("calls").integer(static_cast<std::int64_t>(work.calls));
  writer.key("prompt_tokens").integer(work.tokens.prompt);
  writer.key("completion_tokens").integer(work.tokens.completion).end_object();
}

void write_bill(json::Writer& writer, std::string_view name, const RunBill& bill) {
  writer.key(name).begin_object().key("calls").integer(static_cast<std::int64_t>(bill.work.calls));
  writer.key("prompt_tokens").integer(bill.work.tokens.prompt);
  writer.key("completion_tokens").integer(bill.work.tokens.completion).key("cost");
  if (bill.cost) {
    writer.number(fmt::format("{:.6f}", *bill.cost));
  } else {
    writer.null();
  }
  writer.key("seconds").number(fmt::format("{:.1f}", bill.time.count())).end_object();
}

}  // namespace

std::string estimate_text(const GenerateOptions& options, const RunEstimate& estimate) {
  if (options.embedded()) {
    return fmt::format("{}, {} sessions each, by the embedded writer: no calls, no tokens, no cost\n",
                       counted(estimate.records, "record"), options.plan.num_sessions);
  }
  std::string text = fmt::format("{} by {} at {}\n\n", counted(estimate.records, "record"),
                                 one_line(options.model), options.base_url);
  text += fmt::format("{:<14}{:>14}{:>20}{:>20}\n", "", "calls", "tokens in", "tokens out");
  text += row("sessions", estimate.sessions) + row("paraphrases", estimate.paraphrases);
  text += row("in all", estimate.at_best.work);
  text += row("with retries", estimate.at_worst.work) + "\n";
  return text + cost_line(options, estimate) + time_line(options, estimate) + "\n" + basis(estimate);
}

std::string estimate_json(const GenerateOptions& options, const RunEstimate& estimate) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("model").string(replace_invalid_utf8(options.model));
  writer.key("records").integer(static_cast<std::int64_t>(estimate.records));
  writer.key("sampled_records").integer(static_cast<std::int64_t>(estimate.sampled_records));
  write_work(writer, "sessions", estimate.sessions);
  write_work(writer, "paraphrases", estimate.paraphrases);
  write_bill(writer, "at_best", estimate.at_best);
  write_bill(writer, "at_worst", estimate.at_worst);
  writer.key("assumptions").begin_object().key("tokens_per_second");
  writer.number(fmt::format("{}", estimate.assumptions.tokens_per_second));
  writer.key("llm_concurrency").integer(options.llm_concurrency).key("asked_again");
  writer.number(fmt::format("{}", estimate.assumptions.asked_again)).end_object().end_object();
  return text + "\n";
}

}  // namespace synthv1::cli
