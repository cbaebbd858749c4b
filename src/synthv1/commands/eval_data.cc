// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/eval_data.h"

#include "synthv1/base/random.h"
#include "synthv1/base/text.h"
#include "synthv1/dataset/read_record.h"
#include "synthv1/dataset/record_stream.h"
#include "synthv1/model/fingerprint.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kHashDigits = 16;

/// Reads files into data.
class Loading {
 public:
  Loading(const Catalogue& catalogue, Files& files, const std::stop_token& stop)
      : catalogues_(catalogue), files_(files), stop_(stop) {}

  Result<EvalData> run(std::span<const std::string> paths) {
    for (const std::string& path : paths) {
      if (auto done = read(path); !done) return std::unexpected(std::move(done.error()));
    }
    if (data_.num_questions() == 0)
      return fail(ErrorKind::usage, fmt::format("{}: there is no question in it", paths.front()));
    data_.hash = to_hex(hash_.digest()).substr(0, kHashDigits);
    return std::move(data_);
  }

 private:
  Result<void> read(const std::string& path) {
    auto stream = RecordStream::open(files_, path);
    if (!stream) return std::unexpected(std::move(stream.error()));
    while (true) {
      if (stop_.stop_requested()) return fail(ErrorKind::stopped, "stopped");
      const auto value = stream->next();
      if (!value) return std::unexpected(value.error());
      if (!*value) return {};
      if (auto done = add((*value)->value); !done) {
        return fail(ErrorKind::usage,
                    fmt::format("{}: record {}: {}", path, (*value)->index, done.error().message));
      }
    }
  }

  Result<void> add(const json::Value& value) {
    if (!is_record(value))
      return fail(ErrorKind::usage, "it is no object with task_id, questions, chunks and metadata");
    FaultList faults;
    const StoredRecord stored = read_record(value, catalogues_, faults);
    auto record = make_eval_record(stored, static_cast<std::uint32_t>(data_.records.size()));
    if (!record) return std::unexpected(std::move(record.error()));
    if (auto fresh = note_names(*record); !fresh) return fresh;
    take_into_hash(*record);
    data_.chosen.emplace_back(record->questions.size(), true);
    data_.records.push_back(std::move(*record));
    return {};
  }

  Result<void> note_names(const EvalRecord& record) {
    if (!task_ids_.insert(record.task_id).second)
      return fail(ErrorKind::usage,
                  fmt::format("its task_id {} stands there twice", one_line(record.task_id)));
    std::set<std::string_view> qids;
    for (const EvalQuestion& question : record.questions) {
      if (!qids.insert(question.qid).second)
        return fail(ErrorKind::usage, fmt::format("its qid {} stands there twice", one_line(question.qid)));
    }
    return {};
  }

  void take_into_hash(const EvalRecord& record) {
    Fingerprint fields;
    fields.add(record.task_id);
    for (const std::string& chunk : record.chunks) fields.add(chunk);
    for (const EvalQuestion& question : record.questions) {
      fields.add(question.qid).add(question.query).add(question.due.text);
      fields.add(std::int64_t{question.position});
    }
    hash_.add(fields.digest());
  }

  KnownCatalogues catalogues_;
  Files& files_;
  const std::stop_token& stop_;
  EvalData data_;
  Fingerprint hash_;
  std::set<std::string> task_ids_;
};

struct Chosen {
  std::uint32_t record, question;
};

/// How many of each stratum, by the largest remainders.
std::vector<std::uint64_t> shares_of(const std::vector<std::uint64_t>& sizes, std::uint64_t count) {
  const auto all = std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
  std::vector<std::uint64_t> shares(sizes.size());
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) given += shares[i] = sizes[i] * count / all;
  // The largest remainder first, of equals the first.
  const auto remainder = [&](std::size_t i) { return std::pair(all - sizes[i] * count % all, i); };
  std::ranges::sort(order, {}, remainder);
  for (std::size_t i = 0; given < count; ++i, ++given) ++shares[order[i]];
  return shares;
}

}  // namespace

std::uint64_t EvalData::num_questions() const {
  std::uint64_t count = 0;
  for (const auto& questions : chosen)
    count += static_cast<std::uint64_t>(std::ranges::count(questions, true));
  return count;
}

Result<EvalData> load_eval_data(std::span<const std::string> paths, const Catalogue& catalogue, Files& files,
                                const std::stop_token& stop) {
  return Loading(catalogue, files, stop).run(paths);
}

void choose_stratified(EvalData& data, std::uint64_t count, std::uint64_t seed) {
  if (count >= data.num_questions()) return;
  std::map<std::string, std::vector<Chosen>> strata;
  for (const EvalRecord& record : data.records) {
    for (std::uint32_t i = 0; i < record.questions.size(); ++i)
      strata[record.questions[i].category].push_back({record.index, i});
  }
  std::vector<std::uint64_t> sizes;
  for (const auto& [category, questions] : strata) sizes.push_back(questions.size());
  const std::vector<std::uint64_t> shares = shares_of(sizes, count);
  for (auto& questions : data.chosen) questions.assign(questions.size(), false);
  auto share = shares.begin();
  for (auto& [category, questions] : strata) {
    RandomStream random = RandomStream(seed).child("sample").child(category);
    for (std::uint64_t i = 0; i < *share; ++i) {
      std::swap(questions[i], questions[i + random.below(questions.size() - i)]);
      data.chosen[questions[i].record][questions[i].question] = true;
    }
    ++share;
  }
}

}  // namespace synthv1
