using System.Globalization;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

/// <summary><c>audit</c>: who changed what, the latest first. It is only read.</summary>
internal sealed class AuditResource(IRegisterStore register)
{
    private const int Most = 1000;

    public async ValueTask<Reply> ListAsync(RegisterCall call, CancellationToken cancellationToken)
    {
        if (call.OptionProblem("officeId", "since") is { } problem)
        {
            return problem.ToReply();
        }

        var since = DateTimeOffset.UnixEpoch;
        if (call.Request.Query["since"] is [{ } text]
            && !DateTimeOffset.TryParseExact(
                text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out since))
        {
            return new HttpProblem(StatusCodes.Status400BadRequest, $"since must be a date or a time, such as 2026-11-23 or 2026-11-23T08:00:00Z; got '{text}'.").ToReply();
        }

        var officeId = call.Request.Query["officeId"] is [{ Length: > 0 } id] ? id : null;
        var entries = await register.ReadAuditAsync(officeId, since, Most, cancellationToken);
        return EditingJson.Reply(new
        {
            // Past this, since or officeId must be narrower: nothing is left out unsaid.
            IsComplete = entries.Count < Most,
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
}
