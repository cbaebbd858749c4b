// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/words.h"

namespace synthv1 {

namespace {

using enum WordRole;

// clang-format off
constexpr WordGroup kEnglish[] = {
    {month_name, 1, 0, "january|jan"},
    {month_name, 2, 0, "february|feb"},
    {month_name, 3, 0, "march|mar"},
    {month_name, 4, 0, "april|apr"},
    {month_name, 5, 0, "may"},
    {month_name, 6, 0, "june|jun"},
    {month_name, 7, 0, "july|jul"},
    {month_name, 8, 0, "august|aug"},
    {month_name, 9, 0, "september|sept|sep"},
    {month_name, 10, 0, "october|oct"},
    {month_name, 11, 0, "november|nov"},
    {month_name, 12, 0, "december|dec"},
    {weekday, 1, 0, "monday|mon"},
    {weekday, 2, 0, "tuesday|tue|tues"},
    {weekday, 3, 0, "wednesday|wed"},
    {weekday, 4, 0, "thursday|thu|thur|thurs"},
    {weekday, 5, 0, "friday|fri"},
    {weekday, 6, 0, "saturday|sat"},
    {weekday, 7, 0, "sunday|sun"},
    {ordinal, 1, 0, "first"},
    {ordinal, 2, 0, "second"},
    {ordinal, 3, 0, "third"},
    {ordinal, 4, 0, "fourth"},
    {ordinal, 99, 0, "final"},
    {quarter_word, 0, 0, "quarter|quarters"},
    {half_word, 0, 0, "half|halves"},
    {year_word, 0, kMonthWord, "year"},
    {year_word, 0, 0, "calendar year"},
    {week_word, 0, kMonthWord, "week"},
    {span_word, 0, 0, "the|months|period|all|both"},
    {span_word, 0, kDayWord, "date|dates|days"},
    {span_word, 0, kMonthWord, "month"},
    {of, 0, 0, "of|in|on|during"},
    {link, 0, 0,
     "to|through|thru|until|till|up to|up till|up until|right through to|all the way to|"
     "all the way through|through to|up to and including|and up to|and through|and until|"
     "until and including|through and including"},
    {and_link, 0, 0, "and"},
    {between, 0, 0, "between|anywhere between"},
    {from, 0, 0,
     "from|starting|starting from|starting on|starting with|beginning|beginning on|beginning from|"
     "running from|since|from the beginning of|from the start of|since the beginning of|"
     "since the start of|from the very beginning of|ever since"},
    {ending, 0, 0, "ending|and ending|and ended|ending on|and ending on"},
    {first_edge, 0, 0, "beginning of|start of|first day of"},
    {last_edge, 0, 0, "end of|last day of|close of"},
    {open_before, 0, 0,
     "before|after|prior to|by|as of|following|past|ahead of|no later than|later than|earlier than|"
     "not before|not after|around|near|close to"},
    {open_after, 0, 0,
     "onward|onwards|or later|or earlier|and later|and earlier|and onwards|and after|and before|or so|"
     "and beyond"},
    {part, 0, 0,
     "early|mid|middle of|late|rest of|part of|parts of|around the end|last part|days of|weeks of|"
     "week of the"},
    {relative, 0, 0,
     "a year before|the year before|a month before|the month before|a week before|the week before|earlier|later|following day|following week|following month|following year|preceding|leading up to|the other day|"
     "last|this month|this week|this year|this quarter|this past|previous|recent|recently|lately|ago|"
     "today|yesterday|tomorrow|tonight|current|currently|upcoming|next|nowadays|past month|past week|"
     "past year|past few|the past|this day|this january|year to date|month to date"},
    {to_date, 0, 0,
     "so far|to date|up to now|until now|till now|up until now|since the beginning|"
     "since the very beginning|since the start|since i started|since we started|from the beginning|"
     "from the very beginning|from the start|from start to finish|from day one|since day one|ever|"
     "all time|of all time|to this day|by now|from beginning to end|whole time|from start to end|"
     "as of now"},
    {filter, 0, 0,
     "overspend|overspent|underspend|this session|this conversation|this chat|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|exclusive|except|excluding|exclude|"
     "without|besides|other than|apart from|aside from|not|not counting|not including|but not|minus|"
     "outside|rather than|instead of|net of|leaving out|ignoring|less than|over and above|never|didn't|"
     "did not|haven't|don't count|wasn't|isn't|or|more or less|either|neither|nor|weekend|weekends|"
     "weekday|weekdays|morning|mornings|afternoon|afternoons|evening|evenings|night|nights|breakfast|"
     "lunch|dinner|brunch|cash|credit card|alipay|wechat|holiday|holidays|spring|summer|autumn|fall|"
     "winter|christmas|non|no|did you spend|you spent|have you spent|my wife|my husband|my mom|my dad|"
     "my parents|my friend|my friends|my kids|my family|my partner|with friends|with my|did he|did she|"
     "did they|twice|double|triple|rounded|fiscal|financial year|academic year|lunar|business days|"
     "working days|plus or minus|give or take|about how much|roughly|approximately|which subcategory|"
     "which subscene"},
    {widen, 0, 0,
     "any other|any others|all other|all others|all the other|all the others|every other|the others|"
     "no other|other categories|other scenes|the other categories|the other scenes|everything else|"
     "anything else|something else|than any other|than all others|etc|and so on|and more"},
    {count_word, 0, 0,
     "hundred|hundreds|thousand|thousands|million|dozen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
     "ninety|zero"},
    {currency, 0, 0, "dollar|dollars|usd|euro|euros|eur|pounds|gbp|yen|jpy|hkd|rupees|cents|bucks"},
    {word, 0, 0,
     "may i|may we|i may|march through my|first of all|at first|first off|end of the day|about|only on|"
     "whether or not|not sure|i'm not sure|am not sure|not certain|why not|can't remember|don't remember|"
     "don't know|can't recall|don't recall|not quite sure|if not|whether|no idea|also|then|that|it|so|was|"
     "is|can|could|would|tell|together|say|were|just|only|finally|lastly|do|does|each other|"
     "in other words|one way or another|now|at last|last but not least|back to|go through|get through|"
     "got through|went through|gone through|run through|back on|back in|went to|go to|goes to|gone to|"
     "going to|come to|came to|comes to|amount to|amounted to|when it comes to|want to|like to|love to|"
     "trying to|try to|need to|able to|have to|according to|devoted to|by the way|by any chance|"
     "between them|after all|following categories|looking at|going by|add up to|every single|purchased|"
     "rmb|yuan|cny|ok|okay|everything|records|recorded|hi|hey|hello|thanks|i|i'd|i mean|i'm|i've|how|my|"
     "did|a|an|for|inclusive|overall"},
    {word, 0, kSpend,
     "spendings|expense|expenses|spending|spent|spend|cost|costs|costing|pay|paid|paying|expenditure|"
     "outlay|splurge|shell out|shelled out|drain|drained"},
    {word, 0, kDayWord, "day|one day|in a day"},
    {word, 0, kMost, "most of|most|the most|the most of"},
    {word, 0, kCompare,
     "go up|went up|go down|went down|grew|growth|increased|most time|spend the most time|the most time|"
     "compare|compared|comparison|difference|versus|vs|than|increase|decrease|change|changed|more than|"
     "how much more|how much less|exceed|budget|left over|remaining|save|saved|earn|earned|refund|income|"
     "how much should|how much will|how much can|should i spend|will i spend|can i spend|am i spending"},
    {word, 0, kSize,
     "most valuable|largest|biggest|highest|greatest|maximum|max|top|tops|topped|on top|number one|"
     "priciest|costliest|most expensive|most costly|dearest|heaviest|leading|ranked first|ranks first|"
     "came first|comes first|spend the most|spent the most|spend most|spent most|pay the most|"
     "paid the most|cost the most|cost me the most|costs me the most|the most money|most money|"
     "spending the most|the most i spent|most spending|most of my money|where did most of my money|"
     "where did the most|where did most of the money|biggest share|largest share|biggest portion|"
     "biggest chunk|largest portion|tops the list"},
    {word, 0, kDayWord | kSingle, "single day"},
    {word, 0, kSceneWord | kWhichScene,
     "by category|by scene|what category|what scene|what kind|what type|what area|what spending category"},
    {word, 0, kEach,
     "by date|by day|by month|each|per|respectively|separately|individually|breakdown|break down|"
     "broken down|daily|monthly|weekly|every day|every month|every week|a day|a month|a week|one by one|"
     "list"},
    {word, 0, kFrequency | kTimes,
     "total number|total count|total transactions|by number of|by the number of|by transaction count|by count|number of|times|often|frequently|"
     "frequent|transaction count"},
    {word, 0, kHowMuch, "how much|how much cash|how big|how high|how large|how many yuan|how many rmb"},
    {word, 0, kDayWord, "date where|day where"},
    {word, 0, kSceneWord, "category where|scene where|area where"},
    {word, 0, kTotal,
     "total|totals|totaled|totalled|sum|summed|altogether|combined|add up|adds up|added up|adding up|"
     "grand total|in all|all told|added up to|adds up to"},
    {word, 0, kFrequency | kMost | kTimes,
     "busiest|spend the most times|pay the most times|spend most often|spend most frequently|"
     "spend most times|spent the most times|paid the most times|spent most often|highest number|"
     "largest number|greatest number|biggest number|highest count|highest transaction count|"
     "highest frequency|maximum number|top number|highest purchase count|most frequent|most often|"
     "most frequently|most times|the most times|most transactions|most purchases|most entries|"
     "most payments|most expenses|most records"},
    {word, 0, kLeast, "least|smallest|lowest|cheapest|minimum|fewest|tiniest|minimal|min|at least|bottom"},
    {word, 0, kAverage, "average|averaged|mean|median|typical|typically|usually|on average|normally"},
    {word, 0, kHowMany, "how many|how often|how frequently|how many of|count of|what number|how regularly"},
    {word, 0, kHowMany | kTimes, "how many times"},
    {word, 0, kSingle | kTimes, "transaction|purchase|entry|payment"},
    {word, 0, kTimes, "transactions|purchases|entries|payments"},
    {word, 0, kSingle, "item|items|single|in one go|at once|one off|one time|individual"},
    {word, 0, kWhich, "which"},
    {word, 0, kOtherThing, "what did i buy|what i bought|where|who|whom|why|how long"},
    {word, 0, kDayWord | kWhich | kWhichDate, "which day|which date"},
    {word, 0, kDayWord | kWhichDate, "what day|what date"},
    {word, 0, kWhichDate, "when"},
    {word, 0, kWhich | kWhichMonth,
     "which days|which dates|which month|which week|which year|which quarter|which day of the week|"
     "which weekday"},
    {word, 0, kWhichMonth,
     "what days|what month|what week|what year|what quarter|day of the week|what day of the week|"
     "what time"},
    {word, 0, kRank | kWhich, "which categories|which scenes"},
    {word, 0, kRank,
     "what categories|top categories|second largest|second biggest|second highest|second most|"
     "third largest|third highest|top two|top three|top five|two largest|three largest|two biggest|"
     "three biggest|two highest|runner up"},
    {word, 0, kFrequency | kMost, "most common"},
    {word, 0, kSceneWord | kWhich | kWhichScene,
     "which category|which scene|which kind|which type|which area|which spending category|"
     "which expense category"},
    {word, 0, kSceneWord, "category|categories|scene|scenes|kind|type|types|kinds|area|category wise"},
    {word, 0, kShare, "percent|percentage|proportion|ratio|fraction|share|portion"},
    {word, 0, kRequest,
     "tell me|give me|show me|let me know|like to know|want to know|find me|find|find out|i need|"
     "need to know|i want|i'd like|i'd love|calculate|work out|figure out|please|remind me|check|help me|"
     "curious|wondering|pull up|look up|can you|could you|interested in"},
    {word, 0, kWhat, "what is|what was|what were|what did|what's|what"},
    {word, 0, kMoney, "wallet|amount|money|amounts|value"},
    {word, 0, kMoney | kTotal, "sum of money"},
};
// clang-format on

}  // namespace

std::span<const WordGroup> english_words() { return kEnglish; }

}  // namespace synthv1
