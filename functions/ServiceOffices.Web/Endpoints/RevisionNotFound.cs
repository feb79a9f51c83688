using ServiceOffices.Publishing;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>The reply to a request for a revision that does not exist, or that was lost.</summary>
internal static class RevisionNotFound
{
    public static Reply CreateReply(long revision, Publication latest)
    {
        var first = latest.Register.Publications[0].Revision;
        return HttpProblem.NotFound(
            revision < first || revision > latest.Revision
                ? $"There is no revision {revision}. Revisions {first} to {latest.Revision} exist."
                : $"Revision {revision} was lost in the storage. The latest revision is {latest.Revision}.").ToReply();
    }
}
