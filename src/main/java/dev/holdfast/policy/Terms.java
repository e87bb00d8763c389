package dev.holdfast.policy;

/** On what terms the responses to one request are stored, by their status. */
public interface Terms {

  /** What holds for a response of that status. */
  CachePolicy policyFor(int status);

  /** A longer body of a response of that status is not stored. */
  long maxStoredBodyBytes(int status);

  /** Whether nothing is stored, whatever the response is. */
  boolean bypass();

  /** Whether a fetch that all callers have left is finished all the same. */
  boolean finishesAbandoned();

  /** The same terms for every status. */
  static Terms same(CachePolicy policy, long maxStoredBodyBytes) {
    return new Same(policy, maxStoredBodyBytes, true);
  }

  /** The same terms for every status. */
  record Same(CachePolicy policy, long maxBytes, boolean finishesAbandoned) implements Terms {

    @Override
    public CachePolicy policyFor(int status) {
      return policy;
    }

    @Override
    public long maxStoredBodyBytes(int status) {
      return maxBytes;
    }

    @Override
    public boolean bypass() {
      return false;
    }
  }
}
