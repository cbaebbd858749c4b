// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/claims.h"
#include "synthv1/evaluate/dates_in_answer.h"
#include "synthv1/evaluate/numbers_in_answer.h"
#include "synthv1/evaluate/stance.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

bool is_frame(char c) {
  return !is_letter(c) && !(c >= '0' && c <= '9') && static_cast<unsigned char>(c) < 0x80;
}

/// Whether nothing but signs stands around `span`.
bool is_all(std::string_view text, Span span) {
  return std::ranges::all_of(text.substr(0, span.begin), is_frame) &&
         std::ranges::all_of(text.substr(span.end), is_frame);
}

/// "(35.00)" alone, as accounts write what is negative.
bool in_accounting_brackets(std::string_view text, Span span) {
  return span.begin > 0 && text[span.begin - 1] == '(' && span.end < text.size() && text[span.end] == ')' &&
         is_all(text, span);
}

Claim claim_of(const NumberInAnswer& number) {
  return {.span = number.span,
          .minor = number.minor,
          .exact = number.exact,
          .readable = number.readable,
          .foreign = number.foreign};
}

/// Adds the numbers that `wanted` takes; those that may be the marks of a list or years only where there are
/// no others.
template <class Wanted>
std::vector<Claim> claims_among(std::span<const NumberInAnswer> numbers, const Wanted& wanted) {
  std::vector<Claim> claims, marks;
  for (const NumberInAnswer& number : numbers) {
    if (wanted(number)) (number.may_be_mark ? marks : claims).push_back(claim_of(number));
  }
  return claims.empty() ? marks : claims;
}

/// What a text says where it names no number of the kind that is due.
Commitment commit_without_number(const Stance& stance) {
  Commitment commitment;
  if (stance.nothing) {
    commitment.reason = ScoreReason::equal;
    commitment.amount = Money();
    commitment.span = *stance.nothing;
  } else if (stance.absent) {
    commitment.reason = ScoreReason::abstained;
  } else {
    commitment.declined = stance.declined;
  }
  return commitment;
}

Commitment commit_number(const AnswerText& answer, std::vector<Claim> claims) {
  const Stance stance = stance_of(answer.lower);
  if (stance.unsure) return {.reason = ScoreReason::abstained, .value = {}, .amount = {}};
  if (claims.empty()) return commit_without_number(stance);
  const bool all_zero = std::ranges::all_of(claims, [](const Claim& claim) { return claim.minor == 0; });
  if (stance.nothing && !all_zero) {
    return {.reason = ScoreReason::multiple, .value = {}, .amount = {}, .span = {.end = answer.shown.size()}};
  }
  return commit_to_one(answer.lower, std::move(claims));
}

}  // namespace

Commitment commit_money(const AnswerText& answer, const ScoreOptions& options) {
  const auto dates = dates_in_answer(answer);
  const auto style = options.european ? DigitStyle::european : DigitStyle::plain;
  const auto numbers = numbers_in_answer(answer, dates, style);
  const auto is_amount = [&](const NumberInAnswer& number) {
    if (number.money) return true;
    if (number.counted != Counted::unsaid) return false;
    return !number.spelled || is_all(answer.lower, number.span);
  };
  std::vector<Claim> claims = claims_among(numbers, is_amount);
  if (claims.size() == 1 && in_accounting_brackets(answer.lower, claims[0].span))
    claims[0].minor = -claims[0].minor;
  Commitment commitment = commit_number(answer, std::move(claims));
  if (commitment.amount) commitment.value = format_money(*commitment.amount);
  return commitment;
}

Commitment commit_count(const AnswerText& answer) {
  const auto dates = dates_in_answer(answer);
  const auto numbers = numbers_in_answer(answer, dates, DigitStyle::plain);
  const auto is_count = [&](const NumberInAnswer& number) {
    if (number.money || number.decimals || number.counted == Counted::other) return false;
    return !number.spelled || number.counted == Counted::transactions || is_all(answer.lower, number.span);
  };
  Commitment commitment = commit_number(answer, claims_among(numbers, is_count));
  if (commitment.amount && commitment.amount->minor() % 100 != 0) {
    return {.reason = ScoreReason::unreadable, .value = {}, .amount = {}, .span = commitment.span};
  }
  if (commitment.amount) commitment.value = fmt::format("{}", commitment.amount->minor() / 100);
  return commitment;
}

}  // namespace synthv1
