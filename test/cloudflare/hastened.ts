/** Lets the 30 seconds that a try may take pass in 0.3, until mocks are restored. */
export function hastenTries(): void {
  const inRealTime = setTimeout;
  jest
    .spyOn(globalThis, "setTimeout")
    .mockImplementation((run, milliseconds = 0) =>
      inRealTime(run, milliseconds === 30_000 ? 300 : milliseconds),
    );
}
