/** While something stands on the big screen, a match or what is there in its place, the page's unit follows the size of the screen. */
let holders = 0;

/** The result gives it back; one that comes while another goes keeps it. */
export function takeStage(): () => void {
  holders += 1;
  document.documentElement.dataset.stage = '';
  return () => {
    holders -= 1;
    if (holders === 0) delete document.documentElement.dataset.stage;
  };
}
