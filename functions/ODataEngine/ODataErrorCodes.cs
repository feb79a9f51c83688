namespace ODataEngine;

/// <summary>The values of <c>code</c> in error responses (OData JSON Format 4.01, 21). Codes are stable; messages may change.</summary>
public static class ODataErrorCodes
{
    public const string AliasCycle = "AliasCycle";
    public const string DivisionByZero = "DivisionByZero";
    public const string DuplicateName = "DuplicateName";
    public const string DuplicateOption = "DuplicateOption";
    public const string FailedDependency = "FailedDependency";
    public const string InvalidAmount = "InvalidAmount";
    public const string InvalidArgument = "InvalidArgument";
    public const string InvalidBatch = "InvalidBatch";
    public const string InvalidEncoding = "InvalidEncoding";
    public const string InvalidKey = "InvalidKey";
    public const string InvalidOption = "InvalidOption";
    public const string InvalidPattern = "InvalidPattern";
    public const string InvalidRequest = "InvalidRequest";
    public const string InvalidToken = "InvalidToken";
    public const string InvalidUrl = "InvalidUrl";
    public const string IsolationNotSupported = "IsolationNotSupported";
    public const string LimitExceeded = "LimitExceeded";
    public const string MethodNotAllowed = "MethodNotAllowed";
    public const string NestedBatch = "NestedBatch";
    public const string NotAcceptable = "NotAcceptable";
    public const string NotFound = "NotFound";
    public const string NotReady = "NotReady";
    public const string NotSupported = "NotSupported";
    public const string OptionNotAllowed = "OptionNotAllowed";
    public const string Overloaded = "Overloaded";
    public const string PreconditionFailed = "PreconditionFailed";
    public const string RevisionGone = "RevisionGone";
    public const string ServerError = "ServerError";
    public const string Syntax = "Syntax";
    public const string TypeMismatch = "TypeMismatch";
    public const string UnknownEntitySet = "UnknownEntitySet";
    public const string UnknownFunction = "UnknownFunction";
    public const string UnknownMethod = "UnknownMethod";
    public const string UnknownOption = "UnknownOption";
    public const string UnknownProperty = "UnknownProperty";
    public const string UnknownTransformation = "UnknownTransformation";
    public const string UnknownType = "UnknownType";
    public const string UnsupportedMediaType = "UnsupportedMediaType";
    public const string UnsupportedVersion = "UnsupportedVersion";

    /// <summary>Gets every code with its documentation, in alphabetical order.</summary>
    public static IReadOnlyList<ODataErrorCode> All { get; } =
    [
        new(AliasCycle, "400", "Parameter aliases refer to each other in a cycle."),
        new(DivisionByZero, "400", "An integer or a decimal is divided by zero."),
        new(DuplicateName, "400", "Two properties of the result would have the same name."),
        new(DuplicateOption, "400", "A query option is specified more than once."),
        new(FailedDependency, "424", "A request of a batch depends on a request that failed."),
        new(InvalidAmount, "400", "The amount of a top or bottom transformation of $apply must be a number from 0, for percent at most 100."),
        new(InvalidArgument, "400", "An argument of a function is out of range."),
        new(InvalidBatch, "400", "The batch is not valid JSON or multipart content."),
        new(InvalidEncoding, "400", "A percent sign is not followed by two hexadecimal digits, or the decoded bytes are not UTF-8."),
        new(InvalidKey, "400", "The key does not match the names or types of the entity's key properties."),
        new(InvalidOption, "400", "The value of a query option is not allowed."),
        new(InvalidPattern, "400", "The pattern of matchesPattern is not a supported regular expression."),
        new(InvalidRequest, "4xx", "The HTTP request is invalid, or its content is too large."),
        new(InvalidToken, "400", "A $skiptoken or $deltatoken is incomplete, was changed, or belongs to another query."),
        new(InvalidUrl, "400", "A URL in the request, such as the URL of a batched request, is invalid."),
        new(IsolationNotSupported, "412", "Snapshot isolation across requests is not supported; request a revision instead."),
        new(LimitExceeded, "400, 413, 414", "The request exceeds a documented limit; the message names the setting."),
        new(MethodNotAllowed, "405", "The service is read-only and does not support this method."),
        new(NestedBatch, "400", "A batch contains another batch."),
        new(NotAcceptable, "406", "The response is not available in the format that Accept or $format requires."),
        new(NotFound, "404", "The entity set, entity, property or revision does not exist."),
        new(NotReady, "503", "Nothing has been published yet."),
        new(NotSupported, "501", "OData defines this, but the service does not support it; the message names an alternative where there is one."),
        new(OptionNotAllowed, "400", "The query option exists but is not allowed here."),
        new(Overloaded, "503", "The service is evaluating as many expensive queries as it can."),
        new(PreconditionFailed, "412", "If-Match or If-Unmodified-Since of a batched request names another version."),
        new(RevisionGone, "410", "The revision is no longer stored; start again without the token."),
        new(ServerError, "500, 503", "The service failed, or its storage is unavailable."),
        new(Syntax, "400", "The query has a syntax error; the message contains the position."),
        new(TypeMismatch, "400", "The types of two values do not match, such as a string compared with a number."),
        new(UnknownEntitySet, "400", "The query refers to an entity set that does not exist."),
        new(UnknownFunction, "400", "The function does not exist."),
        new(UnknownMethod, "400", "The aggregation method does not exist."),
        new(UnknownOption, "400", "The query option does not exist; unknown options are never ignored."),
        new(UnknownProperty, "400", "The type has no such property."),
        new(UnknownTransformation, "400", "$apply has no such transformation."),
        new(UnknownType, "400", "The type does not exist."),
        new(UnsupportedMediaType, "415", "The media type of the content is not supported."),
        new(UnsupportedVersion, "400", "OData-Version or OData-MaxVersion is not a supported version."),
    ];
}

/// <summary>The documentation of an error code.</summary>
/// <param name="Code">The value of <c>code</c> in the error response.</param>
/// <param name="Statuses">The HTTP statuses that it occurs with, such as <c>400, 413</c>.</param>
/// <param name="Description">A sentence that explains the error.</param>
public sealed record ODataErrorCode(string Code, string Statuses, string Description);
