/** English, and the shape that other languages fill: pictures of punches, and the ways without a camera. */
export const presenceEn = {
  see: (what: string, time: string) => `See the capture: ${what} ${time}`,
  pictureTitle: (who: string) => `Capture of ${who}`,
  pictureAlt: (who: string, when: string) => `Picture of ${who}, taken at ${when}`,
  pictureRecorded: 'That you looked at it is in the audit trail.',
  pictureOwn: 'This picture was kept with your punch because you consented to it.',
  close: 'Close',

  policy: 'Keep a small picture of each punch (proof of presence)',
  policyHint:
    'Off unless you need it. A picture of at most 200 × 200 pixels is kept with each punch by face, encrypted, of those people alone who consent to it. Managers of this department and administrators can look at it; each look is in the audit trail. Switching this off deletes the pictures within the hour.',
  policyDays: 'Days that pictures are kept',
  policyDaysHint: '1 to 365. Write down in your records of processing why you need them for so long.',

  consentTitle: 'Pictures of punches',
  consentOff: 'This department keeps no pictures of punches.',
  consentOffOwn: 'Your department keeps no pictures of punches.',
  consentMissing: (days: string) =>
    `This department keeps a small picture of each punch for ${days} days, of those who consent. This person has not consented, and punches without one.`,
  consentMissingOwn: (days: string) =>
    `Your department would like to keep a small picture of each of your punches for ${days} days, so that a punch can be proven. It is your choice: without it your punches count just the same. The picture is encrypted; managers of your department and administrators can look at it, and each look is recorded. You can end this at any time, and all pictures are deleted then.`,
  consentThere: (date: string, version: string) => `Consents since ${date} · notice ${version}`,
  consentGive: 'Record the consent',
  consentGiveOwn: 'I consent',
  consentGiveTitle: 'Has the person consented?',
  consentGiveText:
    'Record this only when the person was told what is kept, for how long and who sees it, and said yes of their own will. A no has no consequence for them.',
  consentEnd: 'End the consent',
  consentEndTitle: 'End the consent and delete the pictures?',
  consentEndText: 'All pictures of punches are deleted at once. Recognition by face goes on as before.',
  consentGiven: 'Recorded.',
  consentEnded: 'The consent is ended and all pictures are deleted.',

  withoutTitle: 'Punching without the camera',
  withoutText: 'Whoever declines the camera punches with user name and PIN, or with a badge.',
  pinThere: 'A PIN is set.',
  pinMissing: 'No PIN yet.',
  badgeThere: (date: string) => `A badge was given on ${date}. Its number cannot be read back.`,
  badgeMissing: 'No badge yet.',
  pinSet: 'Set a PIN',
  pinSetText: 'Tell it to the person alone, and ask them to choose their own afterwards in “My data”.',
  pinField: 'New PIN',
  pinHint: '6 to 12 digits, of at least three kinds.',
  badgeGive: 'Give a badge',
  badgeGiveText: 'Put the cursor in the field and hold the badge to a reader, or type its number. It takes the place of one before.',
  badgeField: 'Number of the badge',
  badgeHint: '4 to 64 letters and digits; everything else that a reader sends is left out.',
  badgeTake: 'Take the badge away',
  badgeTakeText: 'The badge opens nothing from then on: for one that was lost, or that goes to somebody else.',
  save: 'Save',
  pinSaved: 'The PIN is set.',
  badgeSaved: 'The badge is given.',
  badgeTaken: 'The badge is taken away.',
};

export type PresenceWords = typeof presenceEn;
