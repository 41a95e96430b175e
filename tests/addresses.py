"""Who is answered what at each address: one number a role, in the order of ROLES.

The submission is `in_review` with the editor; the author wrote it and the co-author is named on it without edit right.
302 is the way to the sign-in page, to the desk, or back to the page after a move. A POST here is empty.
"""

ROLES = (
    'visitor',
    'stranger',
    'author',
    'coauthor',
    'editor',
    'chief',
    'secretary',
    'administrator',
    'one_factor',
)

EVERYBODY = (200, 200, 200, 200, 200, 200, 200, 200, 200)  # everybody reads it
NOBODY = (405, 405, 405, 405, 405, 405, 405, 405, 405)  # the method is refused to everybody
ELSEWHERE = (302, 302, 302, 302, 302, 302, 302, 302, 302)  # everybody is sent somewhere else
SIGNED_IN = (302, 200, 200, 200, 200, 200, 200, 200, 200)  # signed in, whoever
NOBODY_SIGNED_IN = (302, 405, 405, 405, 405, 405, 405, 405, 405)
NAMED_ON_IT = (
    302,
    404,
    200,
    200,
    302,
    302,
    404,
    302,
    302,
)  # who is named on the submission; editors are led to the desk
READS_IT = (302, 404, 200, 200, 200, 200, 404, 200, 404)  # either side of the submission
AUTHORS_MOVE = (302, 404, 302, 403, 403, 403, 404, 403, 403)  # a move of authors with edit right
DESK = (302, 403, 403, 403, 200, 200, 403, 200, 302)  # the desk: editors and administrators with two factors
NOBODY_OF_STAFF = (302, 403, 403, 403, 405, 405, 405, 405, 302)
STAFF = (302, 403, 403, 403, 200, 200, 200, 200, 302)  # any staff with two factors

ADMINISTRATORS = (302, 403, 403, 403, 403, 403, 403, 200, 302)  # the administrator alone
KEEPS_PAYMENTS = (302, 403, 403, 403, 403, 403, 200, 200, 302)  # the secretary and the administrator
KEEPS_PAGES = (302, 403, 403, 403, 403, 200, 403, 200, 302)  # the Commissioning Editor and the administrator
KEEPS_PAGES_302 = (302, 403, 403, 403, 403, 302, 403, 302, 302)
# Who holds it, and staff who look after money: to everybody else it is not there.
HOLDS_MONEY = (302, 404, 200, 404, 404, 404, 200, 200, 404)

MAIN_CONTACT = (
    302,
    404,
    200,
    404,
    404,
    404,
    404,
    404,
    404,
)  # the organisation's main contact; strangers see nothing
MAIN_CONTACT_302 = (302, 404, 302, 404, 404, 404, 404, 404, 404)
MAIN_CONTACT_422 = (302, 404, 422, 404, 404, 404, 404, 404, 404)
STAFF_LED_ON = (302, 403, 403, 403, 302, 302, 302, 302, 302)  # to the site's own page for it

TABLE: dict[str, dict[str, tuple[int, ...]]] = {
    'home': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'blog': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'feed': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'feed_about': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'feed_rss': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'feed_json': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'tags': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'tag': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'tag_feed': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'tag_feed_about': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'tag_feed_rss': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'tag_feed_json': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'all_series': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'series': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'series_feed': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'series_feed_about': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'series_feed_rss': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'series_feed_json': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'organisation_feed': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'organisation_feed_about': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'organisation_feed_rss': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'organisation_feed_json': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'author': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'author_feed': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'author_feed_about': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'author_feed_rss': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'author_feed_json': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'search_suggestions': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'search': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'archive': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'archive_year': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'archive_month': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'contribute': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'post': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'post_bibtex': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'post_ris': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api_openapi': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api_posts': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api_post': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api_tags': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api_tag': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api_organisations': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api_organisation': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api_people': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'api_person': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'post_card': {'GET': ELSEWHERE, 'POST': NOBODY, 'OTHER': NOBODY},
    'organisations': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'organisation': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    # For members of the Society: of these only the author is one.
    'people': {'GET': (403, 403, 200, 403, 403, 403, 403, 403, 403), 'POST': NOBODY, 'OTHER': NOBODY},
    'topic_people': {
        'GET': (403, 403, 200, 403, 403, 403, 403, 403, 403),
        'POST': (302, 403, 302, 403, 403, 403, 403, 403, 403),
        'OTHER': NOBODY,
    },
    'introduction_ask': {
        'GET': SIGNED_IN,
        'POST': (302, 422, 422, 422, 422, 422, 422, 422, 422),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'introduction_answer': {'GET': EVERYBODY, 'POST': (422,) * 9, 'OTHER': NOBODY},
    'preview': {'GET': EVERYBODY, 'POST': EVERYBODY, 'OTHER': NOBODY},
    'commission': {'GET': EVERYBODY, 'POST': (422,) * 9, 'OTHER': NOBODY},
    # Asked of somebody without an account: who else is signed in signs out first.
    'commission_write': {'GET': EVERYBODY, 'POST': (302, *(409,) * 8), 'OTHER': NOBODY},
    'my_commission': {
        'GET': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'POST': (302, 404, 422, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'commission_begin': {
        'GET': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'POST': (302, 404, 409, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'reading': {'GET': EVERYBODY, 'POST': (422,) * 9, 'OTHER': NOBODY},
    # The stranger reads what the author has written.
    'my_reading': {
        'GET': (302, 200, 404, 404, 404, 404, 404, 404, 404),
        'POST': (302, 422, 404, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'mail_choices': {'GET': SIGNED_IN, 'POST': ELSEWHERE, 'OTHER': NOBODY_SIGNED_IN},
    'mail_choices_by_link': {'GET': EVERYBODY, 'POST': EVERYBODY, 'OTHER': NOBODY},
    'subscribe': {'GET': EVERYBODY, 'POST': (422,) * 9, 'OTHER': NOBODY},
    'subscribe_asked': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    # With something to confirm; nothing ticked confirms nothing.
    'subscribe_confirm': {'GET': EVERYBODY, 'POST': EVERYBODY, 'OTHER': NOBODY},
    'subscriptions': {'GET': EVERYBODY, 'POST': EVERYBODY, 'OTHER': NOBODY},
    'unsubscribe': {'GET': EVERYBODY, 'POST': EVERYBODY, 'OTHER': NOBODY},
    # Also to who is signed out: without an address nobody can be answered.
    'data_request': {'GET': EVERYBODY, 'POST': (422,) * 9, 'OTHER': NOBODY},
    'introductions': {'GET': SIGNED_IN, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    # Another member asked the author.
    'introduction': {
        'GET': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'POST': (302, 404, 422, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'introduction_end': {
        'GET': NOBODY_SIGNED_IN,
        'POST': (302, 404, 302, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'person': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'about': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'page': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'join': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'join_category': {'GET': EVERYBODY, 'POST': (422,) * 9, 'OTHER': NOBODY},
    'join_sent': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    # The author’s, who was asked for more; by the link anybody opens it, signed in its applicant alone.
    'application': {'GET': EVERYBODY, 'POST': (409,) * 9, 'OTHER': NOBODY},
    'application_edit': {'GET': EVERYBODY, 'POST': (422,) * 9, 'OTHER': NOBODY},
    'application_file': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'my_application': {
        'GET': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'POST': (302, 404, 409, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'my_application_edit': {
        'GET': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'POST': (302, 404, 422, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'my_application_file': {
        'GET': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'POST': NOBODY_SIGNED_IN,
        'OTHER': NOBODY_SIGNED_IN,
    },
    'write': {'GET': SIGNED_IN, 'POST': NOBODY, 'OTHER': NOBODY},
    'write_pitch': {'GET': SIGNED_IN, 'POST': (302, 403, 422, 403, 403, 403, 403, 403, 403), 'OTHER': NOBODY},
    'would_write': {
        'GET': SIGNED_IN,
        'POST': (302, 403, 422, 403, 403, 403, 403, 403, 403),
        'OTHER': NOBODY,
    },
    # Nobody has said so here.
    'would_write_take_back': {
        'GET': NOBODY,
        'POST': (302, 404, 404, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY,
    },
    'write_start': {'GET': SIGNED_IN, 'POST': (302, 403, 302, 403, 403, 403, 403, 403, 403), 'OTHER': NOBODY},
    'named': {'GET': EVERYBODY, 'POST': EVERYBODY, 'OTHER': NOBODY},
    'not_now': {'GET': EVERYBODY, 'POST': ELSEWHERE, 'OTHER': NOBODY},
    'named_object': {'GET': EVERYBODY, 'POST': (422,) * 9, 'OTHER': NOBODY},
    'submission': {'GET': NAMED_ON_IT, 'POST': NOBODY, 'OTHER': NOBODY},
    'submission_edit': {
        'GET': (302, 404, 302, 302, 302, 302, 404, 302, 302),
        'POST': (302, 404, 409, 403, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'unsaved': {
        'GET': (401, 200, 200, 200, 200, 200, 200, 200, 200),
        'POST': (401, 400, 400, 400, 400, 400, 400, 400, 400),
        'OTHER': NOBODY,
    },
    # Something that the author typed and has not sent.
    'unsaved_kept': {
        'GET': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'POST': (302, 404, 302, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'submission_byline': {
        'GET': (302, 404, 302, 302, 302, 302, 404, 302, 302),
        'POST': (302, 404, 302, 302, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_upload': {
        'GET': (302, 404, 302, 302, 302, 302, 404, 302, 302),
        'POST': (302, 404, 302, 302, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    # A Word file that its author wants kept: theirs, and of the editors of this submission.
    'word_file': {
        'GET': (302, 404, 200, 302, 302, 302, 404, 302, 302),
        'POST': (302, 404, 302, 302, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'word_file_original': {
        'GET': (302, 404, 200, 404, 200, 200, 404, 404, 404),
        'POST': NOBODY_SIGNED_IN,
        'OTHER': NOBODY_SIGNED_IN,
    },
    'submission_preview': {'GET': NAMED_ON_IT, 'POST': NOBODY, 'OTHER': NOBODY},
    'submission_previews': {
        'GET': (302, 404, 200, 302, 302, 302, 404, 302, 302),
        'POST': (302, 404, 422, 403, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_preview_withdraw': {
        'GET': NOBODY,
        'POST': (302, 404, 302, 403, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_vouch': {
        'GET': (302, 404, 200, 403, 302, 302, 404, 302, 302),
        'POST': (302, 404, 422, 403, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_submit': {
        'GET': (302, 404, 200, 403, 302, 302, 404, 302, 302),
        'POST': (302, 404, 200, 403, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_take_back': {'GET': NOBODY, 'POST': AUTHORS_MOVE, 'OTHER': NOBODY},
    'submission_not_approved': {
        'GET': NOBODY,
        'POST': (302, 404, 302, 403, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_delete': {
        'GET': (302, 404, 302, 403, 302, 302, 404, 302, 302),
        'POST': (302, 404, 302, 403, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_withdraw': {
        'GET': (302, 404, 200, 403, 302, 302, 404, 302, 302),
        'POST': (302, 404, 200, 403, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_reopen': {'GET': NOBODY, 'POST': AUTHORS_MOVE, 'OTHER': NOBODY},
    'submission_extend': {
        'GET': NOBODY,
        'POST': (302, 404, 200, 200, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_leave': {
        'GET': (302, 404, 302, 200, 302, 302, 404, 302, 302),
        'POST': (302, 404, 302, 302, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_object': {
        'GET': (302, 404, 302, 200, 302, 302, 404, 302, 302),
        'POST': (302, 404, 302, 422, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_reads': {
        'GET': (302, 404, 200, 404, 302, 302, 404, 302, 302),
        'POST': NOBODY,
        'OTHER': NOBODY,
    },
    'submission_differences': {'GET': NAMED_ON_IT, 'POST': NOBODY, 'OTHER': NOBODY},
    'submission_go_back': {
        'GET': (302, 404, 302, 302, 302, 302, 404, 302, 302),
        'POST': (302, 404, 302, 302, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_approve': {
        'GET': (302, 404, 302, 302, 302, 302, 404, 302, 302),
        'POST': AUTHORS_MOVE,
        'OTHER': NOBODY,
    },
    'submission_correction': {'GET': NOBODY, 'POST': AUTHORS_MOVE, 'OTHER': NOBODY},
    'submission_message': {
        'GET': NOBODY,
        'POST': (302, 404, 200, 200, 403, 403, 404, 403, 403),
        'OTHER': NOBODY,
    },
    'submission_message_back': {
        'GET': NOBODY,
        'POST': (302, 404, 302, 403, 403, 403, 404, 403, 404),
        'OTHER': NOBODY,
    },
    'submission_words': {'GET': READS_IT, 'POST': NOBODY, 'OTHER': NOBODY},
    'submission_quote': {'GET': NOBODY, 'POST': (302,) + (404,) * 8, 'OTHER': NOBODY},
    'submission_read': {
        'GET': NOBODY,
        'POST': (302, 404, 302, 302, 302, 302, 404, 302, 404),
        'OTHER': NOBODY,
    },
    'submission_attachment': {'GET': READS_IT, 'POST': NOBODY, 'OTHER': NOBODY},
    'my_renewals': {'GET': SIGNED_IN, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'my_renewal': {
        'GET': (302,) + (404,) * 8,
        'POST': (302,) + (404,) * 8,
        'OTHER': NOBODY_SIGNED_IN,
    },
    'renewal_begin': {
        'GET': NOBODY_SIGNED_IN,
        'POST': (302,) + (404,) * 8,
        'OTHER': NOBODY_SIGNED_IN,
    },
    'my_data': {'GET': SIGNED_IN, 'POST': SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    # Asking takes the password, given just now.
    'my_erasure': {'GET': SIGNED_IN, 'POST': ELSEWHERE, 'OTHER': NOBODY_SIGNED_IN},
    'my_erasure_back': {'GET': NOBODY_SIGNED_IN, 'POST': ELSEWHERE, 'OTHER': NOBODY_SIGNED_IN},
    'erasure_back': {'GET': EVERYBODY, 'POST': EVERYBODY, 'OTHER': NOBODY},
    'renewal': {'GET': (404,) * 9, 'POST': (404,) * 9, 'OTHER': NOBODY},
    # Of the organisation whose main contact the author is.
    # Of a membership that is nobody’s here: tests/members/test_resigning.py has one’s own.
    'resign': {'GET': (302,) + (404,) * 8, 'POST': (302,) + (404,) * 8, 'OTHER': NOBODY_SIGNED_IN},
    'invoice': {'GET': HOLDS_MONEY, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'invoice_copy': {'GET': HOLDS_MONEY, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'credit_note': {'GET': HOLDS_MONEY, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'receipt': {'GET': HOLDS_MONEY, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'account': {'GET': SIGNED_IN, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'profile': {'GET': SIGNED_IN, 'POST': SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'affiliation_add': {'GET': SIGNED_IN, 'POST': SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'affiliation': {
        'GET': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'POST': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'affiliation_remove': {
        'GET': (302, 404, 200, 404, 404, 404, 404, 404, 404),
        'POST': (302, 404, 302, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    # Of the organisation whose main contact the author is.
    # Of those who may declare, or have: here the author.
    'gift_aid': {
        'GET': (302, 403, 200, 403, 403, 403, 403, 403, 403),
        'POST': (302, 403, 422, 403, 403, 403, 403, 403, 403),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'organisation_reads': {'GET': MAIN_CONTACT, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'contacts': {'GET': MAIN_CONTACT, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'seats_more': {'GET': MAIN_CONTACT, 'POST': MAIN_CONTACT_422, 'OTHER': NOBODY_SIGNED_IN},
    # Everybody has room here.
    'seats_staying': {
        'GET': MAIN_CONTACT_302,
        'POST': MAIN_CONTACT_302,
        'OTHER': NOBODY_SIGNED_IN,
    },
    'seat_invite': {'GET': MAIN_CONTACT, 'POST': MAIN_CONTACT_422, 'OTHER': NOBODY_SIGNED_IN},
    'seat_end': {'GET': MAIN_CONTACT, 'POST': MAIN_CONTACT_302, 'OTHER': NOBODY_SIGNED_IN},
    # The last main contact is asked for a successor first.
    'seat_leave': {'GET': MAIN_CONTACT, 'POST': MAIN_CONTACT_422, 'OTHER': NOBODY_SIGNED_IN},
    'seat_act': {'GET': NOBODY_SIGNED_IN, 'POST': MAIN_CONTACT_302, 'OTHER': NOBODY_SIGNED_IN},
    'office_appoint': {'GET': MAIN_CONTACT, 'POST': MAIN_CONTACT_422, 'OTHER': NOBODY_SIGNED_IN},
    'office_step_down': {'GET': MAIN_CONTACT, 'POST': MAIN_CONTACT_422, 'OTHER': NOBODY_SIGNED_IN},
    'listing': {'GET': MAIN_CONTACT, 'POST': MAIN_CONTACT, 'OTHER': NOBODY_SIGNED_IN},
    'domain_claim': {'GET': MAIN_CONTACT, 'POST': MAIN_CONTACT_422, 'OTHER': NOBODY_SIGNED_IN},
    'domain_change': {'GET': NOBODY_SIGNED_IN, 'POST': MAIN_CONTACT_302, 'OTHER': NOBODY_SIGNED_IN},
    # Of a domain in which nobody here has an address.
    'place_ask': {
        'GET': NOBODY_SIGNED_IN,
        'POST': (302, 404, 404, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'invitation': {'GET': EVERYBODY, 'POST': (422,) * 9, 'OTHER': NOBODY},
    # An invitation to an address of nobody's.
    'place_answer': {
        'GET': NOBODY_SIGNED_IN,
        'POST': (302, 404, 404, 404, 404, 404, 404, 404, 404),
        'OTHER': NOBODY_SIGNED_IN,
    },
    'account_login': {
        'GET': (200, 302, 302, 302, 302, 302, 302, 302, 302),
        'POST': (200, 302, 302, 302, 302, 302, 302, 302, 302),
        'OTHER': (200, 302, 302, 302, 302, 302, 302, 302, 302),
        'DELETE': (405, 302, 302, 302, 302, 302, 302, 302, 302),
    },
    'account_logout': {'GET': SIGNED_IN, 'POST': ELSEWHERE, 'OTHER': NOBODY},
    'account_inactive': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'account_signup': {
        'GET': (200, 302, 302, 302, 302, 302, 302, 302, 302),
        'POST': (200, 302, 302, 302, 302, 302, 302, 302, 302),
        'OTHER': (200, 302, 302, 302, 302, 302, 302, 302, 302),
        'DELETE': (405, 302, 302, 302, 302, 302, 302, 302, 302),
    },
    'account_reauthenticate': {
        'GET': SIGNED_IN,
        'POST': SIGNED_IN,
        'OTHER': SIGNED_IN,
        'DELETE': NOBODY_SIGNED_IN,
    },
    'account_email': {'GET': SIGNED_IN, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE, 'DELETE': NOBODY_SIGNED_IN},
    'account_email_verification_sent': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'account_change_password': {
        'GET': SIGNED_IN,
        'POST': SIGNED_IN,
        'OTHER': SIGNED_IN,
        'DELETE': NOBODY_SIGNED_IN,
    },
    'account_set_password': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'account_reset_password': {'GET': EVERYBODY, 'POST': EVERYBODY, 'OTHER': EVERYBODY, 'DELETE': NOBODY},
    'account_request_login_code': {
        'GET': (200, 302, 302, 302, 302, 302, 302, 302, 302),
        'POST': (200, 302, 302, 302, 302, 302, 302, 302, 302),
        'OTHER': (200, 302, 302, 302, 302, 302, 302, 302, 302),
        'DELETE': (405, 302, 302, 302, 302, 302, 302, 302, 302),
    },
    'account_confirm_login_code': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'account_reset_password_from_key_done': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'account_reset_password_from_key': {'GET': EVERYBODY, 'POST': EVERYBODY, 'OTHER': EVERYBODY},
    'account_reset_password_done': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'mfa_index': {'GET': SIGNED_IN, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'mfa_authenticate': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'mfa_reauthenticate': {
        'GET': (302, 302, 302, 302, 200, 200, 200, 200, 302),
        'POST': (302, 302, 302, 302, 200, 200, 200, 200, 302),
        'OTHER': (302, 302, 302, 302, 200, 200, 200, 200, 302),
        'DELETE': (302, 302, 302, 302, 405, 405, 405, 405, 302),
    },
    'mfa_activate_totp': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'mfa_deactivate_totp': {
        'GET': (302, 404, 404, 404, 302, 302, 302, 302, 404),
        'POST': (302, 404, 404, 404, 302, 302, 302, 302, 404),
        'OTHER': (302, 404, 404, 404, 302, 302, 302, 302, 404),
    },
    'mfa_view_recovery_codes': {
        'GET': (302, 404, 404, 404, 404, 404, 404, 404, 404),
        'POST': NOBODY_SIGNED_IN,
        'OTHER': NOBODY_SIGNED_IN,
    },
    'mfa_generate_recovery_codes': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'mfa_download_recovery_codes': {
        'GET': (302, 404, 404, 404, 404, 404, 404, 404, 404),
        'POST': (302, 404, 404, 404, 404, 404, 404, 404, 404),
        'OTHER': (302, 404, 404, 404, 404, 404, 404, 404, 404),
    },
    'mfa_list_webauthn': {'GET': SIGNED_IN, 'POST': NOBODY_SIGNED_IN, 'OTHER': NOBODY_SIGNED_IN},
    'mfa_add_webauthn': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'mfa_reauthenticate_webauthn': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'mfa_remove_webauthn': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'mfa_edit_webauthn': {'GET': ELSEWHERE, 'POST': ELSEWHERE, 'OTHER': ELSEWHERE},
    'mfa_login_webauthn': {
        'GET': ELSEWHERE,
        'POST': ELSEWHERE,
        'OTHER': ELSEWHERE,
        'DELETE': (405, 302, 302, 302, 302, 302, 302, 302, 302),
    },
    'usersessions_list': {
        'GET': SIGNED_IN,
        'POST': ELSEWHERE,
        'OTHER': ELSEWHERE,
        'DELETE': NOBODY_SIGNED_IN,
    },
    'upload_picture': {'GET': NOBODY, 'POST': (401, 400, 400, 400, 400, 400, 400, 400, 400), 'OTHER': NOBODY},
    'paste': {'GET': NOBODY, 'POST': (401, 200, 200, 200, 200, 200, 200, 200, 200), 'OTHER': NOBODY},
    'media': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'admin:desk': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:give_several': {
        'GET': (302, 403, 403, 403, 302, 302, 403, 403, 302),
        'POST': (302, 403, 403, 403, 302, 302, 403, 403, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:save_queue': {'GET': DESK, 'POST': DESK, 'OTHER': NOBODY_OF_STAFF},
    'admin:saved_queue': {
        'GET': (302, 403, 403, 403, 200, 404, 403, 404, 302),
        'POST': (302, 403, 403, 403, 200, 404, 403, 404, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:desk_board': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:desk_calendar': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:desk_calendar_address': {'GET': DESK, 'POST': DESK, 'OTHER': NOBODY_OF_STAFF},
    'desk_calendar_file': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'admin:desk_meeting': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:desk_submission': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 200, 302),
        'POST': (302, 404, 403, 403, 405, 405, 405, 405, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_series': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_differences': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 200, 302),
        'POST': (302, 404, 403, 403, 405, 405, 405, 405, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_go_back': {
        'GET': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'POST': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    # Of the post in print, which the co-author has no part in.
    'admin:desk_reads_of': {
        'GET': (302, 404, 403, 404, 200, 200, 403, 200, 302),
        'POST': (302, 404, 403, 404, 405, 405, 405, 405, 302),
        'OTHER': (302, 404, 403, 404, 405, 405, 405, 405, 302),
    },
    'admin:desk_preview': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 200, 302),
        'POST': (302, 404, 403, 403, 405, 405, 405, 405, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_previews': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 404, 403, 403, 422, 422, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_preview_withdraw': {
        'GET': (302, 404, 403, 403, 405, 405, 405, 405, 302),
        'POST': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_away': {
        'GET': DESK,
        'POST': (302, 403, 403, 403, 422, 422, 403, 422, 302),
        'OTHER': (302, 403, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_away_back': {
        'GET': (302, 403, 403, 403, 405, 405, 405, 405, 302),
        'POST': (302, 403, 403, 403, 302, 404, 403, 404, 302),
        'OTHER': (302, 403, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_vouch': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 404, 403, 403, 422, 422, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_incoming': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:desk_incoming_take_in': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 302, 302, 403, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:desk_incoming_put_aside': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 302, 302, 403, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:desk_edit': {
        'GET': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'POST': (302, 404, 403, 403, 200, 200, 403, 200, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_byline': {
        'GET': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'POST': (302, 404, 403, 403, 409, 409, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_typo': {
        'GET': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'POST': (302, 404, 403, 403, 200, 200, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_still_open': {
        'GET': (302, 404, 403, 403, 405, 405, 405, 405, 302),
        'POST': (302, 404, 403, 403, 200, 200, 403, 200, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_message': {
        'GET': (302, 404, 403, 403, 405, 405, 405, 405, 302),
        'POST': (302, 404, 403, 403, 200, 200, 403, 200, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_print': {
        'GET': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'POST': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_move': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 404, 403, 403, 302, 302, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_reading_ask': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 404, 403, 403, 422, 422, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_reading': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 200, 302),
        'POST': (302, 404, 403, 403, 405, 405, 405, 405, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:desk_reading_move': {
        'GET': (302, 404, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 404, 403, 403, 422, 422, 403, 403, 302),
        'OTHER': (302, 404, 403, 403, 405, 405, 405, 405, 302),
    },
    # A bank's file that waits, and one that was recorded.
    'admin:bank': {'GET': KEEPS_PAYMENTS, 'POST': KEEPS_PAYMENTS, 'OTHER': NOBODY_OF_STAFF},
    'admin:bank_import': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 409, 409, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:bank_columns': {'GET': KEEPS_PAYMENTS, 'POST': KEEPS_PAYMENTS, 'OTHER': NOBODY_OF_STAFF},
    'admin:bank_let_go': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 403, 403, 302, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:bank_undo': {'GET': KEEPS_PAYMENTS, 'POST': KEEPS_PAYMENTS, 'OTHER': NOBODY_OF_STAFF},
    # Applications are for the secretary and the administrators, their files too.
    'admin:application_move': {
        'GET': (302, 403, 403, 403, 403, 403, 200, 200, 302),
        'POST': (302, 403, 403, 403, 403, 403, 422, 422, 302),
        'OTHER': (302, 403, 403, 403, 405, 405, 405, 405, 302),
    },
    'admin:application_file': {
        'GET': (302, 403, 403, 403, 403, 403, 200, 200, 302),
        'POST': NOBODY_OF_STAFF,
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:wishes': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 404, 404, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:erasures': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 404, 404, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    # The author’s; the arrival is to be said.
    'admin:erasure_of': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 422, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    # The editor's, asked of the author; the Commissioning Editor may do what its editor may.
    'admin:desk_reads': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:desk_figures': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:desk_figure_rows': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:desk_map': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:desk_map_rows': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:commissions': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:commission': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:commission_new': {
        'GET': (302, 403, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 403, 403, 403, 422, 422, 403, 403, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:commission_change': {
        'GET': (302, 403, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 403, 403, 403, 409, 409, 403, 403, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:commission_discard': {
        'GET': (302, 403, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 403, 403, 403, 302, 302, 403, 403, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:commission_move': {
        'GET': (302, 403, 403, 403, 200, 200, 403, 403, 302),
        'POST': (302, 403, 403, 403, 422, 422, 403, 403, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:introductions': {
        'GET': (302, 403, 403, 403, 403, 403, 200, 200, 302),
        'POST': (302, 403, 403, 403, 403, 403, 404, 404, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    # The secretary's and the administrator's.
    'admin:money_move': {
        'GET': (302, 403, 403, 403, 403, 403, 200, 200, 302),
        'POST': (302, 403, 403, 403, 403, 403, 200, 200, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    # Which entry is a second one: looked at by the secretary, who keeps both.
    'admin:same_as': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 422, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:followed': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 422, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:merge': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 422, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:keeping': {'GET': KEEPS_PAYMENTS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:gift_aid': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 409, 409, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:gift_aid_table': {'GET': KEEPS_PAYMENTS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    # Of somebody whose membership qualifies.
    'admin:gift_aid_paper': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 422, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:books': {'GET': KEEPS_PAYMENTS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:books_table': {'GET': KEEPS_PAYMENTS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:letter_texts': {'GET': ADMINISTRATORS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    # One that is edited; what is sent here says nothing.
    'admin:letter_text': {
        'GET': ADMINISTRATORS,
        'POST': (302, 403, 403, 403, 403, 403, 403, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:letter_text_house': {
        'GET': ADMINISTRATORS,
        'POST': (302, 403, 403, 403, 403, 403, 403, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:mail_pause': {
        'GET': ADMINISTRATORS,
        'POST': (302, 403, 403, 403, 403, 403, 403, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:mail_pause_end': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 403, 403, 403, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:mailings': {'GET': KEEPS_PAYMENTS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    # One that is not written yet; what is sent here does not say what it began from.
    'admin:mailing': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 409, 409, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:mailing_send': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 403, 403, 302, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:mailing_test': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 403, 403, 302, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:editions': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:edition': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:edition_next': {'GET': DESK, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:edition_signed': {
        'GET': DESK,
        'POST': (302, 403, 403, 403, 422, 422, 403, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:edition_pause': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 403, 302, 403, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:edition_resume': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 403, 302, 403, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:edition_test': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 302, 302, 403, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:subscriber_forget': {'GET': KEEPS_PAGES, 'POST': KEEPS_PAGES_302, 'OTHER': NOBODY_OF_STAFF},
    'admin:reports': {'GET': KEEPS_PAYMENTS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:report': {'GET': KEEPS_PAYMENTS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:report_file': {'GET': KEEPS_PAYMENTS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    # A file of a register that was looked at, and would change something.
    'admin:registers': {'GET': KEEPS_PAYMENTS, 'POST': KEEPS_PAYMENTS, 'OTHER': NOBODY_OF_STAFF},
    'admin:register_file': {'GET': KEEPS_PAYMENTS, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:register_import': {
        'GET': KEEPS_PAYMENTS,
        'POST': (302, 403, 403, 403, 403, 403, 302, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:register_let_go': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 403, 403, 302, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    # A file of posts that was looked at, and would bring some in.
    'admin:posts_files': {'GET': ADMINISTRATORS, 'POST': ADMINISTRATORS, 'OTHER': NOBODY_OF_STAFF},
    'admin:posts_file': {
        'GET': ADMINISTRATORS,
        'POST': (302, 403, 403, 403, 403, 403, 403, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:posts_file_let_go': {
        'GET': NOBODY_OF_STAFF,
        'POST': (302, 403, 403, 403, 403, 403, 403, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:index': {'GET': STAFF, 'POST': STAFF, 'OTHER': STAFF},
    'admin:login': {
        'GET': (302, 403, 403, 403, 302, 302, 302, 302, 302),
        'POST': (302, 403, 403, 403, 302, 302, 302, 302, 302),
        'OTHER': (302, 403, 403, 403, 302, 302, 302, 302, 302),
    },
    'admin:logout': {'GET': STAFF_LED_ON, 'POST': STAFF_LED_ON, 'OTHER': STAFF_LED_ON},
    'admin:password_change': {'GET': STAFF_LED_ON, 'POST': STAFF_LED_ON, 'OTHER': STAFF_LED_ON},
    'admin:password_change_done': {'GET': STAFF_LED_ON, 'POST': STAFF_LED_ON, 'OTHER': STAFF_LED_ON},
    'admin:autocomplete': {
        'GET': (302, 403, 403, 403, 403, 403, 403, 403, 302),
        'POST': NOBODY_OF_STAFF,
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:jsi18n': {'GET': STAFF, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:view_on_site': {
        'GET': (302, 403, 403, 403, 404, 404, 404, 404, 302),
        'POST': (302, 403, 403, 403, 404, 404, 404, 404, 302),
        'OTHER': (302, 403, 403, 403, 404, 404, 404, 404, 302),
    },
    'admin:ukis_letter_try_all_again': {
        'GET': STAFF,
        'POST': (302, 403, 403, 403, 302, 302, 302, 302, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:ukis_tag_split': {
        'GET': (302, 403, 403, 403, 403, 200, 403, 200, 302),
        'POST': (302, 403, 403, 403, 403, 422, 403, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    # The home page, and a post on it.
    'admin:home_page': {
        'GET': KEEPS_PAGES,
        'POST': (302, 403, 403, 403, 403, 422, 403, 422, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:home_post': {'GET': KEEPS_PAGES_302, 'POST': KEEPS_PAGES_302, 'OTHER': NOBODY_OF_STAFF},
    # The site's own pages: one that is on the site, and of which nothing waits.
    'admin:page_versions': {'GET': KEEPS_PAGES, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:page_preview': {'GET': KEEPS_PAGES, 'POST': NOBODY_OF_STAFF, 'OTHER': NOBODY_OF_STAFF},
    'admin:page_publish': {'GET': KEEPS_PAGES, 'POST': KEEPS_PAGES_302, 'OTHER': NOBODY_OF_STAFF},
    'admin:page_go_back': {'GET': NOBODY_OF_STAFF, 'POST': KEEPS_PAGES_302, 'OTHER': NOBODY_OF_STAFF},
    'admin:page_unpublish': {'GET': KEEPS_PAGES, 'POST': KEEPS_PAGES_302, 'OTHER': NOBODY_OF_STAFF},
    'admin:pages_order': {
        'GET': KEEPS_PAGES,
        'POST': (302, 403, 403, 403, 403, 404, 403, 404, 302),
        'OTHER': NOBODY_OF_STAFF,
    },
    'admin:app_list': {'GET': STAFF, 'POST': STAFF, 'OTHER': STAFF},
    'styles': {
        'GET': (404, 404, 404, 404, 200, 200, 200, 200, 200),
        'POST': (404, 404, 404, 404, 200, 200, 200, 200, 200),
        'OTHER': (404, 404, 404, 404, 200, 200, 200, 200, 200),
    },
    'health': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'robots': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'security': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'favicon': {'GET': ELSEWHERE, 'POST': NOBODY, 'OTHER': NOBODY},
    'touch_icon': {'GET': ELSEWHERE, 'POST': NOBODY, 'OTHER': NOBODY},
    'sitemap': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
    'sitemap_section': {'GET': EVERYBODY, 'POST': NOBODY, 'OTHER': NOBODY},
}

VIEW, CHANGE, ALL = ('view',), ('view', 'change'), ('view', 'add', 'change', 'delete')
KEEP = ('view', 'add', 'change')
# What each role may do with each model in the admin; a role that is not named may do nothing.
ADMIN_MODELS: dict[str, dict[str, tuple[str, ...]]] = {
    'auth_group': {'administrator': VIEW},
    'blog_series': {'editor': VIEW, 'chief': KEEP, 'administrator': KEEP},
    'blog_post': {'editor': VIEW, 'chief': VIEW, 'administrator': VIEW},
    'blog_submission': {'editor': VIEW, 'chief': VIEW, 'administrator': VIEW},
    'blog_subscriber': {'chief': VIEW, 'administrator': VIEW},
    'members_application': {'secretary': VIEW, 'administrator': VIEW},
    'members_category': {'secretary': ALL, 'administrator': ALL},
    'members_changeproposal': {'secretary': CHANGE, 'administrator': CHANGE},
    'members_datarequest': {'secretary': CHANGE, 'administrator': CHANGE},
    'members_domain': {'secretary': CHANGE, 'administrator': CHANGE},
    'members_giftaiddeclaration': {'secretary': VIEW, 'administrator': VIEW},
    'members_creditnote': {'secretary': VIEW, 'administrator': VIEW},
    'members_invoice': {'secretary': VIEW, 'administrator': VIEW},
    'members_membership': {'secretary': KEEP, 'administrator': KEEP},
    'members_organisation': {'editor': VIEW, 'chief': VIEW, 'secretary': KEEP, 'administrator': KEEP},
    'members_payment': {'secretary': VIEW, 'administrator': VIEW},
    'members_person': {'editor': VIEW, 'chief': VIEW, 'secretary': KEEP, 'administrator': KEEP},
    'members_seat': {'secretary': KEEP, 'administrator': KEEP},  # ended, never deleted
    'mfa_authenticator': {'administrator': ('view', 'delete')},
    'ukis_bounce': {'secretary': VIEW, 'administrator': VIEW},
    'ukis_clockrun': {'administrator': VIEW},
    'ukis_consent': {'secretary': VIEW, 'administrator': VIEW},
    'ukis_dayoff': {'secretary': ALL, 'administrator': ALL},
    'ukis_letter': {'editor': CHANGE, 'chief': CHANGE, 'secretary': CHANGE, 'administrator': CHANGE},
    'ukis_accessibilitystatement': {'administrator': KEEP},
    'ukis_notice': {'chief': ALL, 'administrator': ALL},
    'ukis_oldaddress': {'administrator': VIEW},
    'ukis_reminded': {'chief': VIEW, 'secretary': CHANGE, 'administrator': CHANGE},
    'ukis_page': {'chief': KEEP, 'administrator': ALL},
    'ukis_picture': {'editor': CHANGE, 'chief': CHANGE, 'administrator': CHANGE},
    'ukis_privatelink': {'administrator': VIEW},
    'ukis_society': {'administrator': CHANGE},
    'ukis_suppressedaddress': {'secretary': KEEP, 'administrator': KEEP},  # lifted, never deleted
    'ukis_synonyms': {'chief': ALL, 'administrator': ALL},
    'ukis_tag': {'editor': VIEW, 'secretary': VIEW, 'chief': ALL, 'administrator': ALL},
}


def ADMIN(role: str, row: dict[str, tuple[str, ...]], right: str) -> int:  # noqa: N802
    """What the admin answers a role that wants to use a right on a model: the door, a refusal, the page."""
    if role not in ('editor', 'chief', 'secretary', 'administrator'):
        return 302 if role in ('visitor', 'one_factor') else 403
    return 200 if right in row.get(role, ()) else 403


# A guest editor of the submission's series: as the stranger, or refused the method as all of the staff; but for these.
_OF_GUESTS: tuple[tuple[dict[str, int], str], ...] = (
    (
        {'GET': 404, 'POST': 404},
        'my_reading admin:saved_queue admin:commission_change admin:commission_discard '
        'admin:commission_move ',
    ),
    ({'GET': 302}, 'submission submission_preview submission_differences submission_reads '),
    (
        {'GET': 302, 'POST': 403},
        'submission_edit submission_byline submission_upload word_file submission_previews '
        'submission_vouch submission_submit submission_delete submission_withdraw submission_leave '
        'submission_object submission_go_back submission_approve ',
    ),
    (
        {'POST': 403},
        'submission_preview_withdraw submission_take_back submission_reopen submission_extend '
        'submission_correction submission_message submission_message_back submission_not_approved '
        'admin:desk_preview_withdraw ',
    ),
    (
        {'GET': 200},
        'submission_words submission_attachment admin:desk admin:desk_board admin:desk_calendar '
        'admin:desk_meeting admin:desk_submission admin:desk_differences admin:desk_preview admin:desk_reads_of '
        'admin:desk_reading admin:commissions admin:jsi18n ',
    ),
    ({'POST': 302}, 'submission_read '),
    ({'GET': 200, 'POST': 200, 'PUT': 200}, 'mfa_reauthenticate '),
    (
        {'GET': 302, 'POST': 302, 'OTHER': 302},
        'mfa_deactivate_totp admin:login admin:logout admin:password_change admin:password_change_done ',
    ),
    ({'GET': 200, 'POST': 200}, 'admin:save_queue admin:desk_calendar_address '),
    (
        {'GET': 403, 'POST': 403},
        'admin:desk_series admin:desk_go_back admin:desk_previews admin:desk_vouch '
        'admin:desk_byline admin:desk_typo admin:desk_print admin:desk_move admin:desk_reading_ask '
        'admin:desk_reading_move ',
    ),
    ({'GET': 403, 'POST': 200}, 'admin:desk_edit '),
    ({'POST': 200}, 'admin:desk_still_open admin:desk_message '),
    ({'GET': 404}, 'admin:commission '),
    ({'GET': 200, 'POST': 302}, 'admin:ukis_letter_try_all_again '),
    ({'GET': 200, 'POST': 422}, 'admin:commission_new '),
    ({'GET': 200, 'POST': 200, 'OTHER': 200}, 'admin:index styles '),
    ({'GET': 404, 'POST': 404, 'OTHER': 404}, 'admin:view_on_site admin:app_list '),
)
GUEST = {name: answers for answers, names in _OF_GUESTS for name in names.split()}
