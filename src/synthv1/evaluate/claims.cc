// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/claims.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace synthv1 {

namespace {

/// What announces a total.
const PhraseSet& totals() {
  static const PhraseSet phrases = {
      "total",  "totals",  "totaled", "totalled", "totaling", "totalling", "in all",     "altogether",
      "sum",    "sums to", "overall", "=",        "equals",   "comes to",  "adds up to", "add up to",
      "合计",   "总共",    "一共",    "共计",     "总计",     "总额",      "总和",       "总花费",
      "总支出", "总消费",  "总金额",  "加起来",   "共花",     "共消费",    "共支出"};
  return phrases;
}

/// What says behind an amount that it is the total.
const PhraseSet& totals_behind() {
  static const PhraseSet phrases = {"in total", "total", "altogether", "in all", "overall"};
  return phrases;
}

/// What joins addends.
const PhraseSet& pluses() {
  static const PhraseSet phrases = {"+", "plus", "加", "加上"};
  return phrases;
}

bool same(const Claim& a, const Claim& b) {
  return a.readable && b.readable && a.minor == b.minor && a.exact == b.exact;
}

class Resolver {
 public:
  Resolver(std::string_view text, std::vector<Claim> claims) : text_(text), claims_(std::move(claims)) {}

  Commitment resolve() {
    drop_denied();
    if (claims_.empty()) return {};
    const auto differs = [&](const Claim& claim) { return !same(claim, claims_.front()); };
    if (std::ranges::none_of(claims_, differs)) return resolve_one(claims_.size() - 1);
    if (const auto total = find_total()) return resolve_one(*total);
    return unresolved();
  }

 private:
  void drop_denied() {
    std::size_t kept = 0;
    for (const Claim& claim : claims_) {
      const Certainty certainty = certainty_of(text_, claim.span);
      if (certainty == Certainty::denied) continue;
      certainties_.push_back(certainty);
      claims_[kept++] = claim;
    }
    claims_.resize(kept);
  }

  /// All that was said stands for the value of this claim; how surely, the claims of that value say.
  Commitment resolve_one(std::size_t chosen) const {
    const Claim& claim = claims_[chosen];
    Commitment commitment{.reason = ScoreReason::equal,
                          .value = {},
                          .amount = Money::from_minor(claim.minor),
                          .exact = claim.exact,
                          .span = claim.span};
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      if (!same(claims_[i], claim)) continue;
      if (claims_[i].foreign) commitment.reason = ScoreReason::currency;
      if (certainties_[i] == Certainty::sure) continue;
      commitment.reason = ScoreReason::hedged;
      if (certainties_[i] == Certainty::choice) commitment.amount.reset();
    }
    if (claim.readable) return commitment;
    return {.reason = ScoreReason::unreadable, .value = {}, .amount = {}, .span = claim.span};
  }

  Commitment unresolved() const {
    Commitment commitment{.reason = ScoreReason::multiple,
                          .value = {},
                          .amount = {},
                          .span = {.begin = claims_.front().span.begin, .end = claims_.back().span.end}};
    bool hedged = std::ranges::find(certainties_, Certainty::choice) != certainties_.end();
    for (std::size_t i = 1; i < claims_.size() && !hedged; ++i) hedged = makes_choice(gap(i));
    if (hedged) commitment.reason = ScoreReason::hedged;
    return commitment;
  }

  /// What stands between a claim and the one before it.
  std::string_view gap(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : claims_[i - 1].span.end;
    const std::size_t end = claims_[i].span.begin;
    return begin < end ? text_.substr(begin, end - begin) : std::string_view();
  }

  bool behind(std::size_t i, const PhraseSet& phrases) const {
    const std::size_t end = claims_[i].span.end;
    const std::size_t space = end < text_.size() && text_[end] == ' ' ? 1 : 0;
    return phrases.match_at(text_, end + space) > 0;
  }

  bool claims_total(std::size_t i) const {
    if (behind(i, totals_behind())) return true;
    std::string_view before = gap(i);
    const std::size_t sentence = before.rfind(". ");
    if (sentence != std::string_view::npos) before = before.substr(sentence + 1);
    return totals().in(before);
  }

  /// The claim that the others are the working of.
  std::optional<std::size_t> find_total() const {
    std::optional<std::size_t> total;
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      if (claims_total(i)) total = i;
    }
    if (!total) return find_sum_of_chain();
    if (makes_choice(gap(*total))) return std::nullopt;
    return is_worked_out(*total) ? total : std::nullopt;
  }

  bool is_worked_out(std::size_t total) const {
    std::size_t others = 0;
    bool alike = true, competing = false, later = false;
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      if (same(claims_[i], claims_[total])) continue;
      if (!first) first = i;
      ++others;
      alike = alike && same(claims_[i], claims_[*first]);
      competing = competing || claims_total(i);
      later = later || i > total;
    }
    if (others >= 2 && adds_up_to(claims_[total])) return true;
    if (competing || later) return false;
    return others == 1 || alike ? is_computed(*first) : true;
  }

  /// Whether the sum of all claims of other values is `total`.
  bool adds_up_to(const Claim& total) const {
    std::int64_t sum = 0;
    for (const Claim& claim : claims_) {
      if (same(claim, total)) continue;
      if (!claim.readable || !claim.exact || __builtin_add_overflow(sum, claim.minor, &sum)) return false;
    }
    return total.readable && total.exact && sum == total.minor;
  }

  /// Whether something is computed with the claim: "20.00 x 3", "3 * 20.00".
  bool is_computed(std::size_t i) const {
    constexpr std::size_t kNear = 6;
    const std::string_view after = trim(text_.substr(claims_[i].span.end, kNear));
    const std::size_t begin = claims_[i].span.begin;
    const std::string_view before =
        trim(text_.substr(begin - std::min(begin, kNear), std::min(begin, kNear)));
    constexpr std::string_view kOperators = "*/+";
    return (!after.empty() && kOperators.contains(after.front())) ||
           (!before.empty() && kOperators.contains(before.back()));
  }

  /// "60.00 (20.00 + 40.00)": addends whose sum is the one value beside them.
  std::optional<std::size_t> find_sum_of_chain() const {
    std::optional<std::size_t> sum;
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      if (linked(i) || (i + 1 < claims_.size() && linked(i + 1))) continue;
      if (sum && !same(claims_[*sum], claims_[i])) return std::nullopt;
      sum = i;
    }
    if (!sum || !adds_up_to(claims_[*sum])) return std::nullopt;
    return sum;
  }

  bool linked(std::size_t i) const {
    const std::string_view between = trim(gap(i));
    return i > 0 && !between.empty() && pluses().match_at(between, 0) == between.size();
  }

  std::string_view text_;
  std::vector<Claim> claims_;
  std::vector<Certainty> certainties_;
};

}  // namespace

Commitment commit_to_one(std::string_view text, std::vector<Claim> claims) {
  return Resolver(text, std::move(claims)).resolve();
}

}  // namespace synthv1
