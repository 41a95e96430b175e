"""Of every kind of letter about what is written: when it goes, and to whom, as whoever edits its words reads it."""

OF_SUBMISSIONS = {
    'accepted': 'When an editor accepts a submission; to its authors.',
    'agreed': 'When a co-author says yes to being named; to the corresponding author.',
    'approval_kept': 'When nothing but typos was put right since the approval, and an editor keeps it; to its authors.',
    'answered_elsewhere': 'When somebody else notes an answer that came by telephone or letter; to its editor.',
    'approval_denied': 'When the author says that they did not approve what was noted; to its editor and to whoever '
    'decides.',
    'approval_noted': 'When whoever decides notes an approval given by telephone or letter; to its authors and its '
    'editor.',
    'approved': 'When the corresponding author approves the final copy; to its editor.',
    'archived': 'When a post is archived; to its authors and the other editors.',
    'arrived': 'When a blog is handed in; to its editor, or to whoever decides where it has none.',
    'assigned': 'When a submission is given to an editor; to that editor.',
    'changes_requested': 'When an editor asks for changes; to its authors, with the note and the date.',
    'correction_asked': 'When an author asks for a correction in the final copy; to its editor.',
    'declined': 'When a submission or a pitch is declined; to its authors, with the note.',
    'discarded': 'When a draft is deleted by whoever began it; to co-authors who had said yes.',
    'editor_changed': 'When another editor takes over; to the editor before and to its authors.',
    'erased': 'When its author is forgotten and it is withdrawn with them; to its editor.',
    'extended': 'When the date is moved; to the other side, and to its editor where somebody else moved it.',
    'final_copy': 'When the final copy is sent for approval; to its authors.',
    'live': 'When a post comes out; to everybody named.',
    'message': 'When somebody writes in the conversation, one letter for several messages in a row; to whoever reads '
    'them.',
    'name_came_back': 'When a co-author says yes after their name came off; to its editor and the corresponding '
    'author.',
    'name_came_off': 'When a name comes off on which nobody had spoken; to its editor, the corresponding author and '
    'co-authors who said yes.',
    'name_taken_off': 'When a co-author takes their name off; to its editor and the corresponding author.',
    'named': 'When a blog is handed in, or earlier where an author asks; to each who is named and was not asked yet.',
    'named_link': 'When somebody named asks for a fresh link; to the address we have.',
    'your_name_off': 'When a name comes off on which nobody had spoken; to whoever bears it, with a link back.',
    'vouched': 'When somebody says how a co-author agreed; to that co-author, with a link to object.',
    'vouched_for': 'When somebody says how a co-author agreed; to its editor and the corresponding author.',
    'objected': 'When somebody named objects; to its editor and the corresponding author.',
    'pitch_received': 'When a member sends a pitch; to that member.',
    'pitched': 'When a member sends a pitch; to whoever decides, and to the guest editors of its series.',
    'put_off': 'When somebody who was reminded says ‘not now’; to its editor, or to whoever decides where it is the '
    'editor’s own.',
    'put_back': 'When a post that was taken down is put back; to its authors and the other editors.',
    'question': 'When an author asks the editors about a draft; to whoever decides.',
    'received': 'When a blog is handed in; to the corresponding author, with what happens next.',
    'reopened': 'When what was declined or withdrawn is opened again; to the other side.',
    'rescheduled': 'When the day of publication is moved; to its authors.',
    'restored': 'When an archived post is restored; to its authors and the other editors.',
    'resubmitted': 'When an author sends the changed text back; to its editor.',
    'revised': 'When a revision is published; to its authors.',
    'revising': 'When a published post is opened for revision; to its authors.',
    'revision_dropped': 'When a revision of which the author knew is dropped; to its authors.',
    'scheduled': 'When it is published or has a date; to its authors, with the final copy to keep.',
    'sent_back': 'When a submission is sent back one step; to whoever holds it then.',
    'settled': 'When an objection is taken back; to its editor and the corresponding author.',
    'taken': 'When an editor takes a submission, or is given it; to its authors.',
    'taken_back': 'When an author takes back what nobody has read yet; to whoever decides.',
    'taken_down': 'When a post is taken down; to its authors and the other editors.',
    'taken_up': 'When a pitch is taken up; to its authors, with the date.',
    'typo_corrected': 'When a typo is put right in a published post; to its authors.',
    'unscheduled': 'When a date of publication is taken off, and its authors knew of it; to them.',
    'withdrawn': 'When the corresponding author withdraws; to its editor, whoever decides, and co-authors who said '
    'yes.',
    # Reminders.
    'pitch_unanswered': 'On the day by which an answer to a pitch was promised, without one; to its author.',
    'pitch_waits': 'Two and four working days after a pitch, and on the day of the answer; to the editors.',
    'draft_due': 'Seven days and one day before a promised blog is due, three and ten days after; to its authors.',
    'changes_due': 'Three days before changes are due, two and nine days after; to its authors.',
    'author_late': 'Ten days after a promised blog was due, nine after changes; to its editor.',
    'proceeded': 'When whoever decides goes on without the author’s reply to the final copy; to its authors.',
    'approval_waits': 'Three and five working days after the final copy was sent; to the corresponding author.',
    'unassigned_waits': 'Two and four working days after a submission came without an editor; to the editors.',
    'editor_late': 'One and five working days after an editor was to act; to that editor.',
    'editor_late_to_chief': 'Five working days after an editor was to act; to whoever decides.',
    'editor_late_to_author': 'With each reminder of a late editor; to the corresponding author.',
    'draft_untouched': '30 and 90 days after a draft that nobody awaits was last saved; to its author.',
    'name_waits': 'Three and seven days after a co-author was asked, without an answer; to them.',
    'name_unanswered': 'Seven days after a co-author was asked, without an answer; to the corresponding author, with '
    'the day until which the name stands.',
}
OF_ANSWERS = {
    f'{of}{kind}': words
    for of in ('', 'commission_', 'reading_')
    for kind, words in (
        (
            'answer_in_part',
            'When files came with an answer by email, or it was too long; to its writer, once an hour.',
        ),
        (
            'answer_by_email',
            'When somebody who has no part in the conversation answers by email; to the editor, with their words.',
        ),
    )
}
OF_COMMISSIONS = {
    'commission_invited': 'When an editor asks somebody to write; to whoever is asked, with the private link.',
    'commission_yes': 'When whoever is asked says yes; to them, with the brief and the link.',
    'commission_no': 'When whoever is asked says no or names somebody else; to them.',
    'commission_date_agreed': 'When the editor agrees to a later date; to whoever is asked.',
    'commission_date_refused': 'When the editor does not agree to a later date; to whoever is asked.',
    'commission_dates_moved': 'When the editor moves the dates; to whoever is asked.',
    'commission_taken_back': 'When the editor takes the commission back; to whoever was asked.',
    'commission_link': 'When whoever is asked wants a fresh link; to the address we have.',
    'commission_expired': 'When the day to answer by has passed; to whoever was asked, with how to answer still.',
    'commission_answered_yes': 'When whoever is asked says yes; to the editor.',
    'commission_answered_no': 'When whoever is asked says no, or backs out; to the editor.',
    'commission_answered_later': 'When whoever is asked proposes a later date; to the editor.',
    'commission_answered_other': 'When whoever is asked names somebody else; to the editor.',
    'commission_unanswered': 'When the day to answer by has passed; to the editor.',
    'commission_reminder': 'Four and eight working days after the invitation, without an answer; to whoever is asked.',
    'commission_waits': 'Eight working days after the invitation, without an answer; to the editor.',
    'commission_date_waits': 'Two and four working days after a later date was proposed; to the editor.',
    'commission_date_unanswered': 'Where a proposed date is still not answered; to whoever proposed it.',
    'commission_due': 'Seven days and one day before the deadline of a promise not begun, three and ten days after; '
    'to whoever promised.',
    'commission_late': 'Ten days after the deadline of a promise not begun; to the editor.',
    'commission_ask_again': 'On the day before which somebody was not to be asked again; to the editor.',
    'commission_handed_on': 'When the guest editor who looked after it is none any more; to whoever decides.',
    'commission_put_off': 'When whoever was reminded says ‘not now’; to the editor.',
    'commission_not_reached': 'When a letter to whoever is asked comes back; to the editor.',
}
OF_READINGS = {
    'reading_asked': 'When an editor asks for a second reading; to the reader, with the private link.',
    'reading_yes': 'When the reader says yes; to the reader.',
    'reading_no': 'When the reader says no; to the reader.',
    'reading_thanks': 'When the advice has come; to the reader.',
    'reading_reminded': 'When the editor reminds by hand; to the reader.',
    'reading_date_moved': 'When the editor moves the date; to the reader.',
    'reading_taken_back': 'When the request is taken back; to the reader.',
    'reading_decided': 'When the editor decides without waiting; to each who still reads.',
    'reading_link': 'When a reader asks for a fresh link; to the address we have.',
    'reading_reminder': 'Two days before the date, two and seven days after it; to the reader.',
    'reading_answered_yes': 'When the reader says yes; to the editor of the submission.',
    'reading_answered_no': 'When the reader says no; to the editor of the submission.',
    'reading_returned': 'When the advice has come; to the editor of the submission.',
    'reading_put_off': 'When a reader who was reminded says ‘not now’; to the editor of the submission.',
    'reading_not_reached': 'When a letter to the reader comes back; to the editor of the submission.',
    'reading_late': 'Seven days after the date, without advice; to the editor of the submission.',
}
OF_EDITORS = {
    'guest_named': 'When somebody is made guest editor of a series; to that person.',
    'guest_over': 'When the time of a guest editor is over; to that person.',
    'desk_digest': 'On Monday at eight, or the next working day, where something waits; to each editor.',
    'assigned_several': 'When several submissions are given to an editor at once; to that editor.',
    'editor_changed_several': 'When several submissions go to another editor at once; to each editor before.',
}
OF_SUBSCRIBERS = {
    'subscription_asked': 'When somebody asks for posts by email; to that address, to confirm.',
    'subscription_known': 'When somebody asks again for what they have already; to that address.',
    'subscription_ended': 'When somebody stops their posts by email; to that address, with a way back.',
    'post_out': 'When a post comes out; to each address that asked for posts at once.',
    'posts_digest': 'Once a week or a month, where something came out; to each address that asked for that.',
    'edition_test': 'When an editor tries posts by email; to that editor.',
}
OCCASIONS = OF_SUBSCRIBERS | OF_SUBMISSIONS | OF_ANSWERS | OF_COMMISSIONS | OF_READINGS | OF_EDITORS
