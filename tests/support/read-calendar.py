"""Reads a calendar file with a parser that is not ours; prints its events as JSON.

Call: read-calendar.py icalendar|vobject|libical FILE
Exit code: 0, or 3 when the parser refuses the file; anything else is a fault of the test itself.
"""
import json
import sys
from datetime import datetime, timezone

import gi
import vobject
from icalendar import Calendar

gi.require_version('ICalGLib', '3.0')
from gi.repository import ICalGLib


def event(uid, status, summary, description, start, end, sequence):
    utc = lambda time: time.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
    return {'uid': str(uid), 'status': str(status), 'summary': str(summary), 'description': str(description),
            'start': utc(start), 'end': utc(end), 'sequence': int(sequence)}


def with_icalendar(data):
    calendar = Calendar.from_ical(data)
    events = []
    for each in calendar.walk('VEVENT'):
        if each.errors:
            raise ValueError(each.errors)
        events.append(event(each['UID'], each['STATUS'], each['SUMMARY'], each['DESCRIPTION'], each.decoded('DTSTART'), each.decoded('DTEND'), each['SEQUENCE']))
    return events


def with_vobject(data):
    (calendar,) = vobject.readComponents(data.decode('utf-8'), validate=True)
    calendar.validate(raiseException=True)
    return [event(each.uid.value, each.status.value, each.summary.value, each.description.value, each.dtstart.value, each.dtend.value, each.sequence.value)
            for each in getattr(calendar, 'vevent_list', [])]


def with_libical(data):
    root = ICalGLib.Parser.parse_string(data.decode('utf-8'))
    # It notes what it could not read inside of the component; the check of RFC 5545's and 5546's rules notes there too.
    root.check_restrictions()
    if root.isa() != ICalGLib.ComponentKind.VCALENDAR_COMPONENT or root.count_errors() > 0:
        raise ValueError(root.as_ical_string())
    moment = lambda time: datetime.fromtimestamp(time.as_timet_with_zone(ICalGLib.Timezone.get_utc_timezone()), timezone.utc)
    words = {ICalGLib.PropertyStatus.CONFIRMED: 'CONFIRMED', ICalGLib.PropertyStatus.CANCELLED: 'CANCELLED'}
    events = []
    each = root.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    while each is not None:
        events.append(event(each.get_uid(), words[each.get_status()], each.get_summary(), each.get_description(), moment(each.get_dtstart()), moment(each.get_dtend()), each.get_sequence()))
        each = root.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    return events


parsers = {'icalendar': with_icalendar, 'vobject': with_vobject, 'libical': with_libical}
with open(sys.argv[2], 'rb') as file:
    data = file.read()
try:
    events = parsers[sys.argv[1]](data)
except Exception as error:
    print(f'{type(error).__name__}: {error}', file=sys.stderr)
    sys.exit(3)
print(json.dumps(events))
