// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/persona.h"

#include "synthv1/plan/record_plan.h"
#include "synthv1/session/decks.h"
#include "synthv1/session/render.h"

namespace synthv1 {

namespace {

constexpr std::size_t kThreads = 2;

Tags draw_circumstances(RandomStream& random) {
  Tags tags = 0;
  const std::uint64_t work = random.below(10);
  tags |= work < 6 ? tag("office") : work < 8 ? tag("student") : tag("freelance");
  const bool student = (tags & tag("student")) != 0;
  const std::uint64_t home = random.below(10);
  if (home < 4) tags |= student ? tag("roommate") : tag("partner");
  if (home >= 4 && home < 7) tags |= tag("roommate");
  if ((tags & tag("partner")) != 0 && random.chance(35)) tags |= tag("kid");
  const std::uint64_t pet = random.below(10);
  if (pet < 2) tags |= tag("dog") | tag("has_pet");
  if (pet >= 2 && pet < 4) tags |= tag("cat") | tag("has_pet");
  if (!student && random.chance(45)) tags |= tag("car");
  return tags;
}

std::vector<Thread> draw_threads(const Phrases& phrases, Tags tags, Deck deck) {
  std::vector<Thread> threads;
  const Group all{.first = 0, .count = static_cast<std::uint32_t>(phrases.threads.size())};
  const Filling filling{.values = {}, .tags = tags};
  const auto fits = [&](std::uint32_t i) {
    return filling.fits(phrases.threads[i].needs, phrases.threads[i].excludes);
  };
  while (threads.size() < kThreads && threads.size() < all.count) {
    const auto drawn = deck.draw(all, fits);
    if (!drawn) break;
    threads.push_back(phrases.threads[*drawn]);
  }
  return threads;
}

}  // namespace

Persona make_persona(const Phrases& phrases, std::uint64_t seed, std::uint32_t index) {
  RandomStream random = record_stream(seed, index).child("persona");
  const RandomStream order = RandomStream(seed).child("personas");
  Persona persona;
  persona.tags = draw_circumstances(random);
  Deck deck(phrases.fragments.size(), order, index);
  const auto draw_name = [&](PersonaList list, std::string_view fallback) {
    const Group group = phrases.persona[static_cast<std::size_t>(list)];
    const auto drawn = deck.draw(group, [](std::uint32_t) { return true; });
    std::string name;
    if (drawn) render(phrases.code_of(phrases.fragments[*drawn]), {}, random, name);
    return name.empty() ? std::string(fallback) : name;
  };
  persona.name = draw_name(PersonaList::people, "Alex");
  for (std::string& name : persona.friends) name = draw_name(PersonaList::people, "Sam");
  persona.colleague = draw_name(PersonaList::people, "Robin");
  persona.sibling = draw_name(PersonaList::people, "Kim");
  persona.city = draw_name(PersonaList::cities, "the city");
  const bool dog = (persona.tags & tag("dog")) != 0;
  persona.pet = draw_name(dog ? PersonaList::dogs : PersonaList::cats, "Momo");
  persona.threads =
      draw_threads(phrases, persona.tags, Deck(phrases.threads.size(), order.child("threads"), index));
  return persona;
}

}  // namespace synthv1
