// Deletes the backups and converted copies of a rotation from the key folder, and says what ends with them.
import { organizationValues, type StepRenderer } from './common';

export const deleteCopies: StepRenderer<'delete-copies'> = (step, context) => ({
  step: step.id,
  purpose: 'Delete the backups and converted copies of this rotation: the way back to the old certificate ends here',
  target: 'the folder that -KeyFolder names',
  from: 'files named by the thumbprints of the old and the new certificate',
  to: 'none of them',
  undo: 'none: deleted files do not come back',
  values: {
    ...organizationValues(context),
    thumbprints: [context.rotation.from.thumbprint, context.rotation.to.thumbprint],
  },
  body: String.raw`
    if (-not $KeyFolder) { throw 'Name the folder of the backups: -KeyFolder PATH.' }
    $isCopy = '\A(' + ($thumbprints -join '|') + ')[A-Za-z0-9_.-]*\.(pfx|p12|part)\z'
    $copies = @(Get-ChildItem -LiteralPath $KeyFolder -ErrorAction Stop | Where-Object { $_.Name -match $isCopy })
    foreach ($copy in $copies) {
        Write-Host -Object ('Deleting {0}' -f $copy.FullName)
        Remove-Item -LiteralPath $copy.FullName -Force -ErrorAction Stop
        $result.changed = $true
    }
    $left = @(Get-ChildItem -LiteralPath $KeyFolder -ErrorAction Stop | Where-Object { $_.Name -match $isCopy })
    if ($left.Count) { throw ('Still there: ' + ($left[0].Name)) }
    Write-Host -Object 'With these files the way back to the old certificate ends.'
    $result.after = @{ copiesDeleted = $true }
`,
});
