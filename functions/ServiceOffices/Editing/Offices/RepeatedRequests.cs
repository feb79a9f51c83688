using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Offices;

/// <summary>Finds out whether a request repeats an earlier one whose response was lost: both have the same key.</summary>
internal sealed class RepeatedRequests(IRegisterStore register, EditingOptions options)
{
    /// <summary>Gets the result of the earlier request; null if there is none, so that the request has to be executed.</summary>
    public async Task<EditResult?> FindResultAsync(string officeId, Signature signature, CancellationToken cancellationToken)
    {
        if (signature.Request is not { } request)
        {
            return null;
        }

        var changes = await register.ReadAuditAsync(
            officeId, signature.At - options.IdempotencyPeriod, DateTimeOffset.MaxValue, maxCount: int.MaxValue, cancellationToken);
        if (changes.FirstOrDefault(change => change.Signature.Request?.Key == request.Key)?.Signature.Request is not { } earlier)
        {
            return null;
        }

        return earlier.Fingerprint == request.Fingerprint
            ? new EditResult(EditStatus.Repeated, await register.ReadAsync(officeId, cancellationToken), earlier.EventNumber)
            : new EditResult(EditStatus.KeyReused, null);
    }
}
