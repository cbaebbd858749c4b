// SPDX-License-Identifier: Apache-2.0
// Bytes as what a model's server sends: the body of a completion, and in it a session. Neither crashes, and a
// session that is accepted is the same, and as good, when it is read back from its chunk.
#include "synthv1/base/error.h"
#include "synthv1/base/text.h"
#include "synthv1/model/completion.h"
#include "synthv1/model/wait_time.h"
#include "synthv1/session/session_reply.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace synthv1;

namespace {

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds(1'700'000'000)};

SessionPlan make_plan(Language language) {
  const Catalogue& catalogue = default_catalogue();
  SessionPlan plan{.language = language,
                   .date = Date::parse("2024-01-15").value(),
                   .min_turns = 1,
                   .max_turns = 6,
                   .pairs = {}};
  plan.pairs = {catalogue.find_pair("Dining", "Coffee").value(),
                catalogue.find_pair("Transportation", "Taxi").value()};
  return plan;
}

std::vector<Turn> read_chunk(std::string_view chunk) {
  std::vector<Turn> turns;
  for (std::string_view line : split(chunk, '\n')) {
    check(line.starts_with("[2024-01-15] "), "a line begins with the date");
    line.remove_prefix(13);
    const Role role = line.starts_with(said_by(Role::user)) ? Role::user : Role::assistant;
    check(line.starts_with(said_by(role)) && line.ends_with('"'), "a line says who said what");
    line.remove_prefix(said_by(role).size());
    line.remove_suffix(1);
    turns.push_back({role, std::string(line)});
  }
  return turns;
}

void read_back(const SessionPlan& plan, const SessionReply& reply) {
  for (const SessionFault& fault : reply.faults) {
    check(!reply.session || fault.soft(), "an accepted session has soft faults only");
    check(valid_utf8(fault.describe()), "faults are valid text");
  }
  if (!reply.session)
    return check(!reply.faults.empty() && !reply.faults[0].soft(), "a refused session has a hard fault");
  Session again = *reply.session;
  again.turns = read_chunk(make_chunk(plan.date, reply.session->turns));
  check(again.turns.size() == reply.session->turns.size(), "a turn is a line");
  for (std::size_t i = 0; i < again.turns.size(); ++i) {
    check(again.turns[i].content == reply.session->turns[i].content, "a line holds its turn");
    check(again.turns[i].role == reply.session->turns[i].role, "a line holds its role");
    check(valid_utf8(again.turns[i].content), "turns are valid text");
  }
  check(check_session(plan, again, default_catalogue()).size() == reply.faults.size(),
        "the same faults again");
}

void read_session(std::string_view text, std::string_view finish_reason) {
  for (const Language language : {Language::english, Language::chinese}) {
    const SessionPlan plan = make_plan(language);
    read_back(plan, read_session_reply(text, finish_reason, plan, default_catalogue()));
  }
}

void read_response(unsigned status, std::string_view bytes) {
  const std::size_t line = std::min(bytes.find('\n'), bytes.size());
  net::HttpResponse response{.status = status, .headers = {}, .body = {}};
  for (const char* name : {"retry-after-ms", "retry-after", "date", "x-ratelimit-reset-tokens", "location"}) {
    response.headers.emplace_back(name, std::string(bytes.substr(0, line)));
  }
  response.body = bytes.substr(std::min(line + 1, bytes.size()));
  check(valid_utf8(classify({.status = status, .headers = {}, .body = response.body}, kNow).error.message),
        "messages are valid text");
  classify(response, kNow);
  const auto reply = parse_completion(response, kNow);
  if (!reply) return;
  check(valid_utf8(reply->content), "contents are valid text");
  read_session(reply->content, reply->finish_reason);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr unsigned kStatuses[] = {200, 400, 401, 402, 403, 404, 429, 500, 501, 503};
  if (data[0] < 64) {
    read_session(bytes, data[0] % 2 == 0 ? "stop" : "");
  } else {
    read_response(kStatuses[data[0] % std::size(kStatuses)], bytes);
  }
  return 0;
}
