/** Timers by name; what they do is done once, and not when they are disarmed before. */
export interface DeadMan {
  arm(id: string, milliseconds: number, act: () => Promise<void>): void;
  disarm(id: string): void;
  dispose(): void;
}

export function deadMan(): DeadMan {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const disarm = (id: string): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
  };
  return {
    disarm,
    arm(id, milliseconds, act) {
      disarm(id);
      const timer = setTimeout(
        () => {
          timers.delete(id);
          // What goes wrong is in the journal, which still waits to be confirmed or rolled back.
          act().catch(() => {});
        },
        Math.max(0, milliseconds),
      );
      timers.set(id, timer);
    },
    dispose() {
      for (const id of [...timers.keys()]) disarm(id);
    },
  };
}
