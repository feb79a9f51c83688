using System.Globalization;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Handles <c>audit</c>: the changes with their editors, the latest first. It is read-only.</summary>
internal sealed class AuditHandler(IRegisterStore register)
{
    private const int MaxEntries = 1000;

    public async ValueTask<Reply> ListAsync(RegisterContext context, CancellationToken cancellationToken)
    {
        var since = DateTimeOffset.UnixEpoch;
        var until = DateTimeOffset.MaxValue;
        if ((context.ValidateOptions("officeId", "since", "until") ?? ParseTime(context, "since", ref since) ?? ParseTime(context, "until", ref until)) is { } problem)
        {
            return problem.ToReply();
        }

        var officeId = context.Request.Query["officeId"] is [{ Length: > 0 } id] ? id : null;
        var entries = await register.ReadAuditAsync(officeId, since, until, MaxEntries, cancellationToken);
        return EditJson.CreateReply(new
        {
            // Earlier entries can be read with until, the time of the last entry.
            IsComplete = entries.Count < MaxEntries,
            Audit = entries.Select(entry => new
            {
                entry.Signature.At,
                entry.Signature.By,
                entry.OfficeId,
                entry.Action,
                entry.FromVersion,
                entry.ToVersion,
                entry.Changed,
                entry.Signature.Reason,
            }),
        });
    }

    private static HttpProblem? ParseTime(RegisterContext context, string option, ref DateTimeOffset time) =>
        context.Request.Query[option] is not [{ } value]
        || DateTimeOffset.TryParseExact(
            value, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
            ? null
            : HttpProblem.BadRequest($"{option} must be a date or a time, such as 2026-11-23 or 2026-11-23T08:00:00Z; got '{value}'.");
}
