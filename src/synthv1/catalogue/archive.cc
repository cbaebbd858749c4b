// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/archive.h"

#include <cstring>
#include <type_traits>

namespace synthv1 {

namespace {

/// Structures that are packed member by member say so here; all else that is packed is plain bytes.
void members(auto& visit, Scene& s) { visit(s.name, s.chinese, s.aliases); }
void members(auto& visit, Pair& p) {
  visit(p.scene, p.name, p.chinese, p.aliases, p.low, p.high, p.steps, p.company);
}
void members(auto& visit, QuestionWording& w) {
  visit(w.question, w.ranged, w.rewrites, w.ranged_rewrites, w.asks);
}
void members(auto& visit, QuestionType& t) {
  visit(t.name, t.select, t.by, t.of, t.range, t.min_scenes, t.max_scenes, t.min_subscenes, t.max_subscenes,
        t.date, t.fixed, t.cap_zero, t.wording);
}
void members(auto& visit, Phrases& p) {
  visit(p.code, p.fragments, p.conditions, p.items, p.rows, p.talks, p.threads, p.subscenes, p.general,
        p.general_talks, p.persona);
}
void members(auto& visit, Catalogue& c) {
  visit(c.scenes, c.pairs, c.question_types, c.phrases, c.prompts, c.range_wordings);
}

/// Both directions in one walk: `Port` copies bytes out or in.
template <class Port>
class Packer {
 public:
  explicit Packer(Port port) : port_(port) {}

  template <class... Members>
  void operator()(Members&... values) {
    (pack(values), ...);
  }

  template <class T>
  void pack(T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      value.resize(size(value.size()));
      port_.copy(value.data(), value.size());
    } else if constexpr (requires { value.key_comp(); }) {
      pack_map(value);
    } else if constexpr (requires { value.resize(std::size_t{}); }) {
      value.resize(size(value.size()));
      pack_elements(value);
    } else if constexpr (requires { std::tuple_size<T>::value; }) {
      pack_elements(value);
    } else if constexpr (std::is_trivially_copyable_v<T>) {
      port_.copy(&value, sizeof value);
    } else {
      members(*this, value);
    }
  }

 private:
  template <class Container>
  void pack_elements(Container& elements) {
    if constexpr (std::is_trivially_copyable_v<typename Container::value_type>) {
      if (elements.size() > 0) port_.copy(elements.data(), elements.size() * sizeof elements[0]);
    } else {
      for (auto& element : elements) pack(element);
    }
  }

  template <class Map>
  void pack_map(Map& map) {
    const std::size_t count = size(map.size());
    auto next = map.begin();
    for (std::size_t i = 0; i < count; ++i) {
      typename Map::key_type key;
      typename Map::mapped_type value;
      if (next != map.end()) {
        key = next->first;
        value = next->second;
        ++next;
      }
      pack(key);
      pack(value);
      map.insert_or_assign(std::move(key), std::move(value));
    }
  }

  std::size_t size(std::size_t have) {
    auto count = static_cast<std::uint64_t>(have);
    port_.copy(&count, sizeof count);
    return count;
  }

  Port port_;
};

struct Writer {
  std::string* out;
  void copy(const void* data, std::size_t size) { out->append(static_cast<const char*>(data), size); }
};

struct Reader {
  std::string_view* in;
  void copy(void* data, std::size_t size) {
    check(size <= in->size(), "the compiled catalogue is cut");
    if (size > 0) std::memcpy(data, in->data(), size);
    in->remove_prefix(size);
  }
};

}  // namespace

std::string pack_catalogue(const Catalogue& catalogue) {
  std::string bytes;
  Catalogue copy = catalogue;
  Packer(Writer{&bytes}).pack(copy);
  return bytes;
}

Catalogue unpack_catalogue(std::string_view bytes) {
  Catalogue catalogue;
  Packer(Reader{&bytes}).pack(catalogue);
  catalogue.index();
  return catalogue;
}

}  // namespace synthv1
