//! Phrases of web pages and wires that are no part of an article, and how much each one says.
//!
//! They are of every outlet and of none: names of outlets stay out.

use std::sync::LazyLock;

use crate::model::{PhraseTable, words};

/// What a phrase says of the line that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phrase {
    /// The whole line is this phrase or several such, but for marks around them.
    Whole,
    /// The line begins with it.
    Start,
    /// The line begins with it, which a headline may do as well.
    Link,
    /// It stands anywhere in the line.
    Anywhere,
    /// One of the words of an appeal to readers; two make one.
    Appeal,
    /// The line begins a list of other stories.
    Feed,
}

/// Labels and buttons that fill a line.
const WHOLE: &str = "
ad|ads|advert|advertisement|advertisements|advertising|article continues below|sponsored|share
share this|share this article|share this story|share article|share on|share via|share full article
comments|comment|add a comment|leave a comment|post a comment|view comments|show comments
no comments|print|print this|email|e-mail|email this|copy link|link copied|save|saved|bookmark
bookmarks|listen|close|menu|search|home|news|sections|subscribe|subscribe now|sign in|sign up
log in|login|log out|register|donate|donate now|support us|follow|follow us|following|contact us
about us|contact|about|careers|edit post|posted on|posted by|posted in|filed under|tags|tag|topics
categories|related topics|more on this|read later|remove|see all|view all|show more|load more
view more|see more|more|next|previous|back to top|back|top|go to top|return to top|scroll to top
skip|skip ad|loading|loading...|please wait|play|pause|mute|(end)|end|ends|-ends-|- ends -|###
# # #|-30-|***|most read|most viewed|most popular|most shared|facebook|twitter|x|whatsapp|telegram
linkedin|pinterest|reddit|instagram|youtube|tiktok|flipboard|messenger
visa mastercard americanexpress|visa mastercard american express|visa mastercard amex|paypal
apple pay|become a member|gift membership|become a member gift membership|join now|join us
get started|learn more|click here|tap here|here|accept|accept all|reject all|manage preferences|ok
got it|not now|maybe later|successfully subscribed|successfuly subscribed
thank you for registering|video|watch video|watch now|photos|gallery|image gallery
listen to article|listen to this article|newsletter|newsletters|cookie settings|cookie policy
privacy|privacy policy|terms of use|terms of service|terms and conditions|terms & conditions
font size|text size|a a a|small|large|dark mode|site map|sitemap|opens in new window
opens in a new window|enlarge image|expand|collapse|transcript|download|view in browser|your email
your email address|email address|enter your email|first name|last name|required|password
exclusive for subscribers|subscribers only|premium|premium content|unlock this article
report this ad|report a typo|report an error|give this article|gift this article|give feedback
send feedback|feedback|advertisement - scroll to continue|story continues below
story continues below advertisement|story continues|article continues below advertisement
continue reading|continue reading below|read full article|read full story|read the full story
read more|read more here|find out more|see also|add topic|add as a preferred source
make us preferred|latest|trending|live|breaking|updated|exclusive|thanks for subscribing
for immediate release|embargoed until|press release|official website|fact-checks|fact checks
archive|archives|rss|shop|classifieds|faq|help|advertise|advertise with us|imprint|legal
accessibility|my account|account|notifications|settings
";

/// Beginnings of such lines.
const START: &str = "
skip to |jump to content|jump to navigation|toggle navigation|become a member|become a supporter
become a subscriber|become a patron|subscribe to |subscribe for |subscribe and |subscribe today
subscribe now|subscribe here|sign up to |sign up for |sign up here|sign up now|sign up today
sign in to |log in to |register to|register for free|already a subscriber|already a member
already have an account|not a subscriber|create an account|create a free account|enter your email
please enter |please enable |please turn on javascript|please refresh|please log in|please sign in
please subscribe|please consider |please support|support our journalism|support our work
support independent |support us |help us reach|help us get|help us keep|help us continue
help us tell|join our |join the conversation|join the discussion|join us on |join thousands
join millions|follow us|follow the author|follow our |follow live |like us on|find us on
download our|download pdf|download the app|download the pdf|download this|get our |get the app
get the latest|get unlimited|get exclusive|get notified|get breaking news|get email
get full access|get alerts|click here|click to |click on |tap to |swipe |press play|listen to this
listen to the|listen now|watch live|watch the video|watch more|read full|read in app|read the full
read our|see our|related story|related stories: |related article|don't miss|don't forget to
editor's pick: |must read|more on this|more from|more stories|copyright |(c) 20|© |(c) copyright
all rights reserved|advertisement|this website uses|this site uses|we use cookies
we and our partners|we value your privacy|by clicking |by continuing|by signing up|by subscribing
by submitting|by using this|your browser|your privacy|this article was originally published
this article originally appeared|this article first appeared|this story was originally published
this story originally appeared|this post was originally|originally published at
originally published by|originally published on|originally published in
republished with permission|reprinted with permission|republish our|this audio is|this audio was
this video is|this video can|this content is|this article is for subscribers|this article is only
do you have a story|got a story|got a tip|have a tip|have a story|send us a tip|contact the author
contact us|email us|e-mail us|write to us|email the author|letters to the editor|letters to this
send your letters|send letters|what do you think|tell us what|have your say|let us know
share your |share this |share on |share your thoughts|comments will be|comments are |comments: 
comments (|0 comments|no comments|view comments|show comments|show key events|hide comments
leave a reply|leave a comment|your email address will not|required fields|* indicates
fields marked|notifications can be|stay up to date|stay informed|keep up with|never miss
manage your |manage notifications|update your |turn on notifications|allow notifications
thank you for reading|thank you for signing|thank you for registering|thank you for your support
thanks for reading|thanks for signing|you can unsubscribe|unsubscribe |you've reached|you may opt
view on |view this|view all|tags: |topics: |filed under|categories: |posted in|photo gallery
image gallery|newsletter: |footer: |home > |home » |home / |you are here|breadcrumb|print edition
print this|buy now|shop now|paid content|paid post|partner content|about the author|about us
our standards|how to cite|cite this|suggested citation|doi: |issn |isbn |error: |javascript is
enable javascript|use of this site|for more information about our|for more news|for more stories
for the latest|to read more|to continue reading|to read the full|to keep reading|want more
looking for more|(reporting by|reporting by |additional reporting by |additional reporting: 
writing by |editing by |edited by |(editing by|(writing by|(additional reporting|compiled by 
translated by |fact-check by |with reporting by|with input from|(with input|(with agency
(with inputs|with agency inputs|(with reuters|(with ap|goal: |we need your support
we're looking for |make a donation|donate to|donate today|give today|thank you for supporting
if you enjoyed this|if you like this|if you found this|if you value our|if you appreciate our
you have reached|sponsored by|promoted by|release number|press release no|media inquiries:
media contact|press contact|media enquiries|for media inquiries|press enquiries
for further information, contact|for further information contact|you are receiving this
you received this|you get this|was this email forwarded|forward it to|forward this|enjoying this
sections: |posted in:|all content is available|this work is licensed|licensed under
creative commons|published under|images: |photo credits|picture credits|notes to editors
read more about|read more on|read more at|see more on|see more at|was this article|was this story
was this helpful|was this page|did you find this|rate this|how useful was|reach the reporter
reach the author|reach the newsroom|contact the reporter|contact the newsroom|around the web: 
from around the web: |sponsored: |promoted: 
";

/// Beginnings of links to other stories, which may also begin a headline.
const LINK: &str = "
watch: |read: |also on |related: |recommended: |in pictures: |in photos: |gallery: |video: 
podcast: |listen: |see also|more: |more about|live: |next: |previous: |read next: |also read: 
see also: |read more: |read on: |related story: |don't miss: |up next: 
";

/// Telling wherever they stand in a short line.
const ANYWHERE: &str = "
all rights reserved|rights reserved.|redistribution prohibited|redistribution and ai
may not be published, broadcast|may not be reproduced|privacy policy|terms of service|terms of use
terms and conditions|cookie policy|cookie settings|uses cookies|our cookies|privacy notice
browser preferences|browser settings|unsubscribe at any time|enter your email|your inbox
to your inbox|to our newsletter|our newsletters|daily newsletter|weekly newsletter
morning newsletter|our newsletter|newsletter here|free newsletter|confirmation email
correct email address|valid email|email or whatsapp|whatsapp us|app store|google play
push notifications|follow us on|subscribe to our|subscribe to the|commenting forum
thought-provoking conversations|replies to your|automatically logged in|logged in to comment
log in to comment|sign in to comment|community guidelines|comment policy|commenting policy
created with ai assistance|generated by ai|ai-generated|read aloud|text-to-speech|audio version
content is protected|adblock|ad blocker|ad-free|javascript|page may contain affiliate
affiliate links|we may earn|earn a commission|personalised ads|personalized ads
support from readers|reader-supported|readers like you|funded by our readers|funded by readers
scroll down|scroll to continue|daytime telephone|listen on spotify|apple podcasts
wherever you get your podcasts|indicates required|min read:|minutes read:|click here|sign up here
subscribe here|register here|comments will be moderated|comments are moderated
comments may be moderated|without the permission of|without prior written|use this feature
download our app|cookies to improve|cookies to give|cookies to ensure|cookies to personal
receiving this email|forward it to a friend|to unsubscribe|manage your preferences
update your preferences|— official website| official website|- official website
creative commons licence|creative commons license|under a creative commons
your subscription supports|your subscription helps|your donation supports|your support makes
supports local news|supports local journalism|support local journalism|become a member today
become a member now
";

/// Words of those who ask readers for money or an address.
const APPEAL: &str = "
your support|our journalism|our reporting|our journalists|our newsroom|our readers|our members
our mission|our community|our supporters|our work|our subscribers|quality journalism
independent journalism|free press|trusted journalism|public-interest journalism|nonprofit newsroom
non-profit newsroom|paywall|paywalls|membership|new members|members to|subscription|subscriber
subscribing|subscribe|donation|donate|financial contribution|contribution|contribute|contributing
crowdfunding|tax-deductible|free for all of us|keep it free|free for everyone|free and accessible
accessible for all|accessible to everyone|help us|help fund|help keep|allows us to|support us
supporting us|gift|gifting|spread the word|just doesn't happen|doesn't just happen
readers like you|thanks to readers|thanks to our|join us|sending journalists
reporters on the ground|critical stories|trusted by|your inbox|one in 10|per month|cancel anytime
cup of coffee|ad-free|our website|our platform|millions of readers|of readers|readers makes
sign up|newsletter|you can help|we need your|great journalism|keep our|thank you for
for our birthday|helps us to tell|a month to
";

/// Headings of lists of other stories.
const FEED: &str = "
news feed|newsfeed|latest news|latest stories|latest headlines|latest articles|latest updates
latest from|more news|more headlines|more stories|more top stories|most read|most viewed
most popular|most shared|most commented|most watched|top stories|top news|top headlines
top articles|trending|popular|popular now|popular stories|popular articles|editors' picks
editor's picks|editors' pick|editor's pick|editors picks|editor's choice|recommended
recommended stories|recommended articles|recommended for you|recommended reading|read next|up next
next article|next story|related articles|related stories|related news|related content
related coverage|related posts|related topics|related links|related items|see also
you may also like|you might also like|you might be interested|you may be interested|more like this
more on this story|more on this topic|around the web|from around the web|from our partners
from the web|promoted stories|sponsored stories|sponsored content|sponsored links
what to read next|what others are reading|others are reading|people are reading|also in the news
in other news|other stories|other news|also read|read also|today's top|today's headlines
featured stories|must reads|explore more|keep reading|continue reading|in case you missed
headlines|breaking news|recent posts|recent articles|recent news|recent stories|news in pictures
video headlines|videos|latest videos|live updates|just in|our picks
";

static PHRASES: LazyLock<PhraseTable<Phrase>> = LazyLock::new(|| {
    let lists = [
        (WHOLE, Phrase::Whole),
        (START, Phrase::Start),
        (LINK, Phrase::Link),
        (ANYWHERE, Phrase::Anywhere),
        (APPEAL, Phrase::Appeal),
        (FEED, Phrase::Feed),
    ];
    let mut phrases = Vec::new();
    for (list, kind) in lists {
        for phrase in list.split(['|', '\n']).filter(|phrase| !phrase.is_empty()) {
            phrases.push((phrase.into(), kind));
            if phrase.contains('\'') {
                phrases.push((phrase.replace('\'', "’").into(), kind));
            }
        }
    }
    PhraseTable::new(phrases)
});

/// What the phrases say of one line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one flag for each kind of phrase")]
pub(super) struct Signs {
    pub(super) whole: bool,
    pub(super) start: bool,
    pub(super) link: bool,
    pub(super) anywhere: bool,
    pub(super) feed: bool,
    /// Number of appeal phrases, without those inside of each other.
    pub(super) n_appeals: usize,
}

/// Looks for all phrases in `line`, which has no blanks at its ends.
pub(super) fn signs(line: &str) -> Signs {
    let is_edge = |c: char| !c.is_alphanumeric();
    let first = line.len() - line.trim_start_matches(|c| is_edge(c) && c != '(' && c != '©').len();
    let last = line.trim_end_matches(|c| is_edge(c) && c != ')').len();
    let mut signs = Signs::default();
    let mut appeals = Vec::new();
    // End of the labels that follow each other from the start of the line.
    let mut labels_end = first;
    let lower = line.to_ascii_lowercase();
    for (start, _) in words(&lower) {
        let at_start = start <= first;
        for (length, kind) in PHRASES.at(&lower, start) {
            let end = start + length;
            let ends_word =
                line[end..].chars().next().is_none_or(is_edge) || line[..end].ends_with(is_edge);
            if !ends_word {
                continue;
            }
            match kind {
                Phrase::Whole => {
                    if start <= labels_end
                        || !line[labels_end..start].contains(char::is_alphanumeric)
                    {
                        labels_end = labels_end.max(end);
                    }
                }
                Phrase::Start => signs.start |= at_start,
                Phrase::Link => signs.link |= at_start,
                Phrase::Anywhere => signs.anywhere = true,
                Phrase::Feed => {
                    // "Most read in News", "MORE NEWS": nothing but a word or two behind.
                    signs.feed |= at_start && line.len() - end <= 24;
                }
                Phrase::Appeal => appeals.push(start..end),
            }
        }
    }
    appeals.sort_unstable_by_key(|appeal| appeal.end);
    let mut appeal_end = 0;
    for appeal in appeals {
        if appeal.start >= appeal_end {
            signs.n_appeals += 1;
            appeal_end = appeal.end;
        }
    }
    signs.whole = labels_end > first && labels_end >= last;
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_at_words_and_with_any_apostrophe() {
        assert!(signs("SHARE THIS:").whole);
        assert!(signs("Share | Copy link  Facebook").whole);
        assert!(!signs("Shares fell").whole);
        assert!(signs("Editors’ Picks").feed);
        assert!(signs("Most read in News").feed);
        assert!(!signs("Most read the letter as a threat to the whole of Europe").feed);
        assert!(signs("* indicates required").start);
        assert_eq!(signs("Your support keeps our journalism free.").n_appeals, 2);
        assert_eq!(signs("He gave no figures."), Signs::default());
    }
}
