/** Shortens the 30 seconds that one attempt may take to 0.3, until the mocks are restored. */
export function shortenAttemptTimeout(): void {
  const realSetTimeout = setTimeout;
  jest
    .spyOn(globalThis, "setTimeout")
    .mockImplementation((run, milliseconds = 0) =>
      realSetTimeout(run, milliseconds === 30_000 ? 300 : milliseconds),
    );
}
